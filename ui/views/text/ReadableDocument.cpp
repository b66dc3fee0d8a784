// The document form of PaperText: XML read as a document.
#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <array>

#include "ui/views/text/PaperText.h"

namespace kamei::ui::views::text {
namespace {

using intake::text::Segment;

struct RoleName {
    const char* role;
    const char* name;
};
constexpr std::array kRoleNames{
    RoleName{"patient.name", QT_TRANSLATE_NOOP("ReadableDocument", "Patient name")},
    RoleName{"patient.kana", QT_TRANSLATE_NOOP("ReadableDocument", "Patient name (kana)")},
    RoleName{"patient.id", QT_TRANSLATE_NOOP("ReadableDocument", "Patient ID")},
    RoleName{"patient.birth-date", QT_TRANSLATE_NOOP("ReadableDocument", "Date of birth")},
    RoleName{"patient.sex", QT_TRANSLATE_NOOP("ReadableDocument", "Sex")},
    RoleName{"patient.address", QT_TRANSLATE_NOOP("ReadableDocument", "Address")},
    RoleName{"patient.phone", QT_TRANSLATE_NOOP("ReadableDocument", "Telephone")},
    RoleName{"patient.postal-code", QT_TRANSLATE_NOOP("ReadableDocument", "Postal code")},
    RoleName{"patient.email", QT_TRANSLATE_NOOP("ReadableDocument", "E-mail")},
    RoleName{"patient.age", QT_TRANSLATE_NOOP("ReadableDocument", "Age")},
    RoleName{"clinician.address", QT_TRANSLATE_NOOP("ReadableDocument", "Clinician's address")},
    RoleName{"clinician.phone", QT_TRANSLATE_NOOP("ReadableDocument", "Clinician's telephone")},
    RoleName{"clinician.name", QT_TRANSLATE_NOOP("ReadableDocument", "Clinician")},
    RoleName{"clinician.id", QT_TRANSLATE_NOOP("ReadableDocument", "Clinician ID")},
    RoleName{"facility.name", QT_TRANSLATE_NOOP("ReadableDocument", "Facility")},
    RoleName{"facility.id", QT_TRANSLATE_NOOP("ReadableDocument", "Facility ID")},
    RoleName{"facility.address", QT_TRANSLATE_NOOP("ReadableDocument", "Facility address")},
    RoleName{"facility.phone", QT_TRANSLATE_NOOP("ReadableDocument", "Facility telephone")},
    RoleName{"family.name", QT_TRANSLATE_NOOP("ReadableDocument", "Family member")},
    RoleName{"family.id", QT_TRANSLATE_NOOP("ReadableDocument", "Family member's ID")},
    RoleName{"family.address", QT_TRANSLATE_NOOP("ReadableDocument", "Family member's address")},
    RoleName{"family.phone", QT_TRANSLATE_NOOP("ReadableDocument", "Family member's telephone")},
    RoleName{"family.birth-date", QT_TRANSLATE_NOOP("ReadableDocument", "Family member's date of birth")},
    RoleName{"document.id", QT_TRANSLATE_NOOP("ReadableDocument", "Document ID")},
    RoleName{"document.date", QT_TRANSLATE_NOOP("ReadableDocument", "Document date")},
    RoleName{"insurance.number", QT_TRANSLATE_NOOP("ReadableDocument", "Insurance number")},
};

QString roleName(const std::string& role) {
    for (const auto& row : kRoleNames) {
        if (role == row.role) {
            return QCoreApplication::translate("ReadableDocument", row.name);
        }
    }
    return {};
}

/// Name of an element without prefix and index: "v3:td[2]" is "td".
QString elementName(QString step) {
    step.truncate(step.indexOf(u'[') < 0 ? step.size() : step.indexOf(u'['));
    return step.mid(step.indexOf(u':') + 1);
}

/// What of a path decides on the line: elements of running text (content, sub, sup, ...) stay on the
/// line of the block around them, cells on the line of their row.
struct Place {
    QString line;
    QString cell;
    bool title = false;
    bool attribute = false;
    bool body = false;
};

Place placeOf(const std::string& path) {
    static const QStringList inlineNames{
        QStringLiteral("content"), QStringLiteral("sub"),      QStringLiteral("sup"), QStringLiteral("br"),
        QStringLiteral("link"),    QStringLiteral("linkHtml"), QStringLiteral("b"),   QStringLiteral("i")};
    Place place;
    QStringList steps = QString::fromStdString(path).split(u'/', Qt::SkipEmptyParts);
    if (steps.isEmpty()) {
        return place;
    }
    place.attribute = steps.back().startsWith(u'@');
    while (steps.size() > 1 && inlineNames.contains(elementName(steps.back()))) {
        steps.removeLast();
    }
    const QString name = elementName(steps.back());
    place.title = name == QLatin1String("title");
    place.body = std::any_of(steps.begin(), steps.end(), [](const QString& step) {
        const QString element = elementName(step);
        return element == QLatin1String("section") || element == QLatin1String("structuredBody") ||
               element == QLatin1String("text");
    });
    place.cell = steps.join(u'/');
    if (name == QLatin1String("td") || name == QLatin1String("th")) {
        steps.removeLast();
    }
    place.line = steps.join(u'/');
    return place;
}

} // namespace

void PaperText::appendPiece(int segment) {
    const Segment& from = m_shown->source.segments()[static_cast<std::size_t>(segment)];
    QString content = QString::fromStdString(m_shown->source.content(from));
    const auto lead = std::find_if(content.begin(), content.end(), [](QChar c) { return !c.isSpace(); });
    const auto skipped = static_cast<int>(lead - content.begin());
    content = content.trimmed();
    // One for one, so that positions stay: the line ends of pretty-printed XML are not line ends of the text.
    content.replace(u'\n', u' ').replace(u'\r', u' ').replace(u'\t', u' ');
    Piece piece;
    piece.start = static_cast<int>(m_text.size());
    piece.length = static_cast<int>(content.size());
    piece.sourceStart = from.start;
    piece.sourceEnd = from.end;
    piece.contentOffset = skipped; // white space holds no surrogate pairs
    piece.segment = segment;
    m_text += content;
    m_pieces.push_back(piece);
}

void PaperText::readDocument() {
    const auto& segments = m_shown->source.segments();
    QString line;
    QString cell;
    bool wasBody = false;
    bool any = false;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const Segment& segment = segments[i];
        const Place place = placeOf(segment.path);
        const QString name = roleName(segment.role);
        if (segment.role == "structure" || segment.role == "binary" || (place.attribute && name.isEmpty())) {
            continue; // codes and template ids: in the source form
        }
        if (QString::fromStdString(m_shown->source.content(segment)).trimmed().isEmpty()) {
            continue;
        }
        if (any && place.line == line && !place.attribute) {
            m_text += place.cell == cell ? QString() : QStringLiteral("　");
        } else if (any) {
            m_text += place.title || (place.body && !wasBody) ? QStringLiteral("\n\n") : QStringLiteral("\n");
        }
        if (place.line != line || place.attribute) {
            const auto start = static_cast<int>(m_text.size());
            if (place.title || !any) {
                m_headings.push_back(start);
            }
            if (!name.isEmpty()) {
                m_text += name + QStringLiteral("：");
            } else if (!place.body && !place.title) {
                m_text += elementName(place.line.section(u'/', -1)) + QStringLiteral("：");
            }
        }
        appendPiece(static_cast<int>(i));
        line = place.line;
        cell = place.cell;
        wasBody = place.body;
        any = true;
    }
    if (m_headings.empty()) {
        m_headings.push_back(-1); // structured: nothing is a heading by its looks
    }
}

} // namespace kamei::ui::views::text
