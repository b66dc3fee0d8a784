#include "ui/screens/work/Preview.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>
#include <algorithm>

#include "core/decide/Masks.h"
#include "core/decide/Rules.h"
#include "core/job/Residents.h"
#include "ui/screens/work/Breakable.h"
#include "ui/style/Theme.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {
namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Preview)
};

QString muted(const QString& words) {
    return QStringLiteral("<span style=\"color:%1\">%2</span>")
        .arg(style::tokens().text2.name(), breakable(words).toHtmlEscaped());
}

QString written(const QString& words) {
    return QStringLiteral("<span style=\"background-color:%1\">&nbsp;%2&nbsp;</span>")
        .arg(style::tokens().okBack.name(), breakable(words).toHtmlEscaped());
}

QString shortened(const QString& words, int limit) {
    const QString line = words.simplified();
    return line.size() > limit ? line.left(limit) + QStringLiteral("…") : line;
}

/// Free text of which only the identifiers go: what detection noted in the finding's detail.
QString cleanedHtml(const model::Finding& finding) {
    const auto values = QJsonDocument::fromJson(QByteArray::fromStdString(finding.detail))
                            .object()
                            .value(QLatin1String("clean"))
                            .toArray();
    if (values.isEmpty()) {
        return {};
    }
    const QJsonObject first = values.first().toObject();
    const auto text = first.value(QLatin1String("value")).toString().toUcs4();
    QString html;
    qsizetype at = 0;
    for (const auto& entry : first.value(QLatin1String("spans")).toArray()) {
        const QJsonObject span = entry.toObject();
        const auto start = static_cast<qsizetype>(span.value(QLatin1String("start")).toInt());
        const auto end = static_cast<qsizetype>(span.value(QLatin1String("end")).toInt());
        if (start < at || end > text.size() || start > end) {
            return {};
        }
        const std::string label = span.value(QLatin1String("label")).toString().toStdString();
        html +=
            breakable(QString::fromUcs4(reinterpret_cast<const char32_t*>(text.constData()) + at, start - at))
                .toHtmlEscaped();
        html += written(QStringLiteral("[%1]").arg(ui::text::labelName(label)));
        at = end;
    }
    html += breakable(
                QString::fromUcs4(reinterpret_cast<const char32_t*>(text.constData()) + at, text.size() - at))
                .toHtmlEscaped();
    return html;
}

} // namespace

QString valueHtml(const model::Finding& finding) {
    const QString value = shortened(ui::text::fromUtf8(finding.text), 160);
    if (value.isEmpty()) {
        return muted(finding.locator.kind == model::Locator::Kind::Pixels  ? Tr::tr("(pixels)")
                     : finding.locator.kind == model::Locator::Kind::Asset ? Tr::tr("(the data as a whole)")
                                                                           : Tr::tr("(empty)"));
    }
    QString html = breakable(value, 14).toHtmlEscaped(); // in large bold letters
    if (finding.distinctValues > 1) {
        html += QStringLiteral(" ") +
                muted(Tr::tr("and %n others", nullptr, static_cast<int>(finding.distinctValues - 1)));
    }
    return html;
}

QString residentsHtml(const model::Finding& finding) {
    const QString label = ui::text::fromUtf8(finding.label);
    if (!label.contains(QLatin1String("address"), Qt::CaseInsensitive) &&
        !label.contains(QLatin1String("municipality"), Qt::CaseInsensitive)) {
        return {};
    }
    const auto residents = job::residentsOf(finding.text);
    if (!residents || residents->people >= job::Residents::kFew) {
        return {};
    }
    return QStringLiteral("<br><span style=\"font-weight:400;font-size:%1px;color:%2\">%3</span>")
        .arg(style::Theme::instance().px(12))
        .arg(style::tokens().warn.name(), breakable(Tr::tr("%1: %2 residents, fewer than 10,000 (4.6.1)")
                                                        .arg(ui::text::fromUtf8(residents->municipality),
                                                             ui::text::number(residents->people)))
                                              .toHtmlEscaped());
}

QString ruleHtml(const model::Finding& finding, const guideline::RuleTable* rules) {
    const guideline::Rule* rule = rules == nullptr ? nullptr : rules->find(finding.rule);
    if (rule == nullptr) {
        return breakable(ui::text::fromUtf8(finding.rule)).toHtmlEscaped();
    }
    return Tr::tr("Guideline <b>%1</b> %2")
               .arg(ui::text::fromUtf8(rule->section).toHtmlEscaped(),
                    breakable(ui::text::ruleName(*rule)).toHtmlEscaped()) +
           QStringLiteral(" <a href=\"rule\" style=\"color:%1\">%2</a>")
               .arg(style::tokens().accent.name(), Tr::tr("text"));
}

QString knownFrom(const job::Session& session, const model::Finding& finding) {
    const QString detector = ui::text::fromUtf8(finding.detector);
    if (!detector.startsWith(QLatin1String("known")) || !finding.subject.valid()) {
        return {};
    }
    const std::string kind =
        detector.section(QLatin1Char(':'), 1, 1).section(QLatin1Char('.'), -1).toStdString();
    const auto known = session.known(finding.subject);
    if (!known) {
        return {};
    }
    for (const auto& identifier : *known) {
        if (identifier.kind != kind || identifier.from == finding.asset) {
            continue;
        }
        const auto asset = session.asset(identifier.from);
        if (!asset || !*asset) {
            continue;
        }
        const model::Asset& from = (*asset)->asset;
        QString words = ui::text::assetTitle(from);
        // "attribute:(0010,0010)": the tag says where; other places are not read by people.
        const QString place = ui::text::fromUtf8(identifier.fromLocator);
        if (place.startsWith(QLatin1String("attribute:"))) {
            words += QLatin1Char(' ') + place.mid(10);
        }
        return words;
    }
    return {};
}

std::int64_t timesTaken(const job::Session& session, const model::Finding& finding) {
    const auto mask = decide::maskOf(finding);
    const auto asset = session.asset(finding.asset);
    if (finding.origin != model::Origin::Device || !mask || !asset || !*asset) {
        return 0;
    }
    const auto templates = session.templates((*asset)->asset.device);
    if (!templates) {
        return 0;
    }
    const auto found = std::ranges::find_if(*templates, [&mask](const detect::DeviceTemplate& row) {
        return model::toJson(row.mask) == model::toJson(*mask);
    });
    return found == templates->end() ? 0 : found->hits;
}

QString evidenceText(const model::Finding& finding, const QString& from, std::int64_t taken) {
    const QString detector = ui::text::fromUtf8(finding.detector);
    const QString origin = ui::text::originName(finding.origin);
    if (detector.startsWith(QLatin1String("known"))) {
        const std::string kind = detector.section(QLatin1Char(':'), 1, 1).toStdString();
        const QString name = kind.empty() ? QString() : ui::text::identifierKindName(kind);
        QString words = name.isEmpty() ? origin : Tr::tr("%1: %2").arg(origin, name);
        if (!from.isEmpty()) {
            words += Tr::tr(", learned from %1").arg(from);
        }
        return words;
    }
    if (finding.origin == model::Origin::Device && taken >= 0) {
        return taken == 0
                   ? Tr::tr("%1, not taken yet").arg(origin)
                   : Tr::tr("%1, taken for %n image set(s)", nullptr, static_cast<int>(taken)).arg(origin);
    }
    if (finding.origin == model::Origin::Person) {
        return finding.decidedBy.empty()
                   ? origin
                   : Tr::tr("%1: %2").arg(origin, ui::text::fromUtf8(finding.decidedBy));
    }
    return origin;
}

QString previewHtml(const model::Finding& finding, model::Action action, const QString& pseudonym) {
    using model::Action;
    switch (action) {
    case Action::Keep:
        return muted(Tr::tr("stays as it is"));
    case Action::Delete:
        return muted(Tr::tr("(deleted)"));
    case Action::Mask:
        return muted(Tr::tr("pixels are overwritten"));
    case Action::Deface:
        return muted(Tr::tr("the face is removed"));
    case Action::Shift:
        return muted(Tr::tr("moved by the subject's random number of days"));
    case Action::Clean: {
        if (decide::isSound(finding)) {
            return muted(Tr::tr("silent in parts; all of it is coded anew"));
        }
        const QString cleaned = cleanedHtml(finding);
        return cleaned.isEmpty() ? muted(Tr::tr("identifiers go, the rest stays")) : cleaned;
    }
    case Action::Replace: {
        const QString label = ui::text::fromUtf8(finding.label).toUpper();
        const bool isPatient =
            label.contains(QLatin1String("PATIENTNAME")) || label.contains(QLatin1String("PATIENT_NAME")) ||
            label.contains(QLatin1String("PATIENTID")) || label.contains(QLatin1String("CHART_NO"));
        if (action == finding.suggested && !finding.replacement.empty()) {
            return written(ui::text::fromUtf8(finding.replacement));
        }
        if (isPatient && !pseudonym.isEmpty()) {
            return written(pseudonym);
        }
        return muted(Tr::tr("a pseudonymous value"));
    }
    default:
        break;
    }
    if (action == finding.suggested && !finding.replacement.empty()) {
        return written(ui::text::fromUtf8(finding.replacement));
    }
    return muted(ui::text::actionName(action));
}

} // namespace kamei::ui::screens::work
