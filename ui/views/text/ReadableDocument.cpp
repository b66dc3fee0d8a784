// The document form of PaperText: XML read as a document.
#include <QCoreApplication>
#include <QRegularExpression>
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

/// What of a path matters for reading.
struct Place {
    QString element; ///< the element itself, or the one that holds the attribute
    bool attribute = false;
    bool body = false;
};

Place placeOf(const std::string& path) {
    Place place;
    QStringList steps = QString::fromStdString(path).split(u'/', Qt::SkipEmptyParts);
    if (steps.isEmpty()) {
        return place;
    }
    place.attribute = steps.back().startsWith(u'@');
    if (place.attribute) {
        steps.removeLast();
    }
    place.element = steps.isEmpty() ? QString() : elementName(steps.back());
    place.body = std::any_of(steps.begin(), steps.end(), [](const QString& step) {
        const QString element = elementName(step);
        return element == QLatin1String("section") || element == QLatin1String("structuredBody");
    });
    return place;
}

enum class Break { None, Part, Cell, Line };

/// How far the markup between two pieces of content separates them: elements of running text do not,
/// parts of a name or an address stay on the line of the whole, cells on the line of their row.
Break breakOf(const QString& markup) {
    static const QStringList running{QStringLiteral("content"), QStringLiteral("sub"), QStringLiteral("sup"),
                                     QStringLiteral("link"),    QStringLiteral("b"),   QStringLiteral("i"),
                                     QStringLiteral("linkHtml")};
    static const QStringList parts{
        QStringLiteral("family"),   QStringLiteral("given"),       QStringLiteral("prefix"),
        QStringLiteral("suffix"),   QStringLiteral("delimiter"),   QStringLiteral("state"),
        QStringLiteral("city"),     QStringLiteral("county"),      QStringLiteral("streetName"),
        QStringLiteral("precinct"), QStringLiteral("houseNumber"), QStringLiteral("streetAddressLine"),
        QStringLiteral("unitID")};
    static const QRegularExpression tag(QStringLiteral("<\\s*/?\\s*(?:[\\w.-]+:)?([\\w.-]+)"));
    Break found = Break::None;
    for (auto match = tag.globalMatch(markup); match.hasNext();) {
        const QString name = match.next().captured(1);
        const Break here = running.contains(name)                                       ? Break::None
                           : parts.contains(name)                                       ? Break::Part
                           : name == QLatin1String("td") || name == QLatin1String("th") ? Break::Cell
                                                                                        : Break::Line;
        found = std::max(found, here);
    }
    return found;
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
    const auto& source = m_shown->source;
    const auto& segments = source.segments();
    std::int64_t end = 0; // of the content before
    std::string role;
    bool wasBody = false;
    bool wasAttribute = false;
    bool endedWithSpace = false;
    bool any = false;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const Segment& segment = segments[i];
        const Place place = placeOf(segment.path);
        const QString name = roleName(segment.role);
        if (segment.role == "structure" || segment.role == "binary" || (place.attribute && name.isEmpty())) {
            continue; // codes and template ids: in the source form
        }
        const QString content = QString::fromStdString(source.content(segment));
        if (content.trimmed().isEmpty()) {
            continue;
        }
        Break between = place.attribute || wasAttribute
                            ? Break::Line
                            : breakOf(QString::fromStdString(source.slice(end, segment.start)));
        if (between == Break::Part && segment.role != role) {
            between = Break::Line;
        }
        if (any) {
            const bool section = place.element == QLatin1String("title") || (place.body && !wasBody);
            const bool spaced = endedWithSpace || content.front().isSpace();
            m_text += between == Break::None   ? (spaced ? QStringLiteral(" ") : QString())
                      : between == Break::Part ? QStringLiteral(" ")
                      : between == Break::Cell ? QStringLiteral("　")
                      : section                ? QStringLiteral("\n\n")
                                               : QStringLiteral("\n");
        }
        if (!any || between == Break::Line) {
            if (place.element == QLatin1String("title") && !place.attribute) {
                m_headings.push_back(static_cast<int>(m_text.size()));
            } else if (!name.isEmpty()) {
                m_text += name + QStringLiteral("：");
            } else if (!place.body && !place.element.isEmpty()) {
                m_text += place.element + QStringLiteral("：");
            }
        }
        appendPiece(static_cast<int>(i));
        end = segment.end;
        endedWithSpace = content.back().isSpace();
        role = segment.role;
        wasBody = place.body;
        wasAttribute = place.attribute;
        any = true;
    }
    if (m_headings.empty()) {
        m_headings.push_back(-1); // structured: nothing is a heading by its looks
    }
}

} // namespace kamei::ui::views::text
