#include <algorithm>
#include <cctype>
#include <map>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/text/Escapes.h"
#include "core/intake/text/Hl7Roles.h"
#include "core/intake/text/MessageSegments.h"

namespace kamei::intake::text {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.text.hl7";

bool isHeader(std::string_view line) {
    return line.starts_with("MSH") || line.starts_with("FHS") || line.starts_with("BHS");
}

bool isMark(char c) {
    return std::ispunct(static_cast<unsigned char>(c)) != 0;
}

/// Delimiters of a header segment (HL7 v2.5 2.5.4); nothing when they cannot be told apart.
std::optional<Spelling> spellingOf(std::string_view header) {
    if (header.size() < 5 || !isMark(header[3])) {
        return std::nullopt;
    }
    Spelling out;
    out.field = header[3];
    const std::string_view rest = header.substr(4);
    const std::string_view marks = rest.substr(0, rest.find(out.field));
    if (marks.empty() || marks.size() > 5) {
        return std::nullopt;
    }
    char* const places[] = {&out.component, &out.repetition, &out.escape, &out.subcomponent};
    for (char* const place : places) {
        *place = 0;
    }
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const bool repeated = marks[i] == out.field || marks.find(marks[i], i + 1) != std::string_view::npos;
        if (!isMark(marks[i]) || repeated) {
            return std::nullopt;
        }
        if (i < std::size(places)) {
            *places[i] = marks[i];
        }
    }
    return out;
}

/// A part of a line between delimiters, and its number from 1.
struct Part {
    std::size_t begin = 0;
    std::size_t end = 0;
    int number = 1;
};

/// Calls `each` for every part of text[begin, end) between `mark`; a mark of 0 divides nothing.
template <class Each> void split(std::string_view text, Part whole, char mark, Each each) {
    Part part{whole.begin, whole.end, 1};
    for (;;) {
        const std::size_t next = mark == 0 ? whole.end : text.find(mark, part.begin);
        part.end = std::min(next, whole.end);
        each(part);
        if (part.end >= whole.end) {
            return;
        }
        part.begin = part.end + 1;
        ++part.number;
    }
}

class Reader {
public:
    Reader(std::string_view text, encoding::Encoding encoding) : m_text(text), m_encoding(encoding) {}

    base::Expected<MessageParts> read() {
        const bool returns = m_text.find('\r') != std::string_view::npos;
        for (std::size_t at = 0; at < m_text.size();) {
            const std::size_t end = lineEnd(at, returns);
            if (auto done = line(at, end); !done) {
                return tl::unexpected(done.error());
            }
            if (m_out.segments.size() > kMaxMessageSegments) {
                return base::fail(ErrorCode::TooManyEntries, kPlace, {std::to_string(kMaxMessageSegments)});
            }
            at = end + 1;
        }
        if (!m_message) {
            return base::fail(ErrorCode::Malformed, kPlace, {"MSH"});
        }
        return std::move(m_out);
    }

private:
    using Done = base::Expected<void>;

    /// Segments end with a carriage return (2.3.3). Where there are any, a line feed ends one only before the
    /// next segment's name; elsewhere it is content.
    [[nodiscard]] std::size_t lineEnd(std::size_t at, bool returns) const {
        for (std::size_t i = m_text.find_first_of("\r\n", at); i != std::string_view::npos;
             i = m_text.find_first_of("\r\n", i + 1)) {
            if (!returns || m_text[i] == '\r' || i == at || beginsSegment(i + 1)) {
                return i;
            }
        }
        return m_text.size();
    }
    [[nodiscard]] bool beginsSegment(std::size_t at) const {
        const std::string_view rest = m_text.substr(std::min(at, m_text.size()));
        return rest.size() > 3 && nameOf(rest).size() == 3 &&
               (rest[3] == m_out.spelling.field || isHeader(rest));
    }
    [[nodiscard]] static std::string_view nameOf(std::string_view line) {
        const std::string_view name = line.substr(0, 3);
        const bool fits = name.size() == 3 && std::all_of(name.begin(), name.end(), [](char c) {
                              return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                          });
        return fits ? name : std::string_view();
    }

    std::int64_t pointOf(std::size_t byte) {
        m_point += encoding::countCodePoints(m_text.substr(m_counted, byte - m_counted));
        m_counted = byte;
        return m_point;
    }

    void add(const Part& part, std::string path, std::string_view role, Escaping escaping) {
        if (part.end <= part.begin) {
            return;
        }
        const std::string_view raw = m_text.substr(part.begin, part.end - part.begin);
        if (raw == "\"\"" && escaping == Escaping::Hl7) {
            return; // 2.5.3: says that the value is to be deleted
        }
        const bool unreadable = escaping == Escaping::Hl7 && hasUnreadableHl7Escape(raw, m_out.spelling);
        Segment segment;
        segment.start = pointOf(part.begin);
        segment.end = pointOf(part.end);
        segment.path = std::move(path);
        segment.role = unreadable ? "local" : role;
        segment.escaping = escaping;
        segment.person = m_person;
        m_out.segments.push_back(std::move(segment));
    }

    Done line(std::size_t begin, std::size_t end) {
        // MLLP frames a message in VT and FS (HL7 v2 transport, Appendix C).
        while (begin < end && (m_text[begin] == '\x0B' || m_text[begin] == '\x1C' || m_text[begin] == '\n')) {
            ++begin;
        }
        while (end > begin && (m_text[end - 1] == '\x1C' || m_text[end - 1] == '\x1A')) {
            --end;
        }
        const std::string_view raw = m_text.substr(begin, end - begin);
        if (raw.find_first_not_of(" \t") == std::string_view::npos) {
            return {};
        }
        const std::string_view name = nameOf(raw);
        if (isHeader(raw)) {
            if (auto done = header(raw); !done) {
                return done;
            }
        } else if (!m_begun) {
            return base::fail(ErrorCode::Malformed, kPlace, {"MSH"});
        }
        const bool divided = raw.size() == 3 || (raw.size() > 3 && raw[3] == m_out.spelling.field);
        if (name.empty() || !divided || !isHl7Segment(name)) {
            // The name of a segment of the site stays, what it holds is one part.
            const std::size_t skip = !name.empty() && divided && raw.size() > 3 ? 4 : 0;
            add({begin + skip, end, 1}, std::string(name.empty() ? "line" : name), "local", Escaping::None);
            return {};
        }
        if (name == "PID") {
            person(raw);
        }
        fields(name, {begin, end, 1});
        return {};
    }

    Done header(std::string_view raw) {
        auto spelling = spellingOf(raw);
        if (!spelling) {
            return base::fail(ErrorCode::Malformed, kPlace, {"delimiters"});
        }
        spelling->encoding = m_encoding;
        if (m_begun && *spelling != m_out.spelling) {
            return base::fail(ErrorCode::Malformed, kPlace, {"delimiters"});
        }
        m_out.spelling = *spelling;
        m_begun = true;
        m_message = m_message || raw.starts_with("MSH");
        m_person = -1;
        return {};
    }

    void fields(std::string_view name, Part whole) {
        // The field separator itself is the first field of a header.
        const int offset = isHeader(name) ? 0 : 1;
        m_valueType = {};
        split(m_text, whole, m_out.spelling.field, [&](const Part& field) {
            const int number = field.number - offset;
            if (field.number == 1 || (offset == 0 && number == 2)) {
                return; // the name, and the delimiters
            }
            if (name == "OBX" && number == 2) {
                m_valueType = m_text.substr(field.begin, field.end - field.begin);
            }
            const std::string_view kind = hl7Field(name, number);
            const std::string path = std::string(name) + '-' + std::to_string(number);
            const bool file = name == "OBX" && number == 5 && (m_valueType == "ED" || m_valueType == "RP");
            if (kind.empty() || file) {
                add(field, path, file ? "attachment" : "local", Escaping::None);
                return;
            }
            split(m_text, field, m_out.spelling.repetition,
                  [&](const Part& repetition) { components(name, number, kind, path, repetition); });
        });
    }

    void components(std::string_view name, int field, std::string_view kind, const std::string& path,
                    const Part& repetition) {
        Hl7Place place;
        place.segment = name;
        place.field = field;
        place.valueType = m_valueType;
        std::vector<Part> parts;
        split(m_text, repetition, m_out.spelling.component, [&](const Part& part) { parts.push_back(part); });
        if (parts.size() > 7) {
            place.representation = m_text.substr(parts[7].begin, parts[7].end - parts[7].begin);
        }
        std::string inner = path;
        inner += repetition.number > 1 ? '[' + std::to_string(repetition.number) + ']' : std::string();
        for (const Part& part : parts) {
            place.component = part.number;
            const std::string_view raw = m_text.substr(part.begin, part.end - part.begin);
            place.alone = m_out.spelling.subcomponent == 0 ||
                          raw.find(m_out.spelling.subcomponent) == std::string_view::npos;
            split(m_text, part, m_out.spelling.subcomponent, [&](const Part& sub) {
                place.subcomponent = sub.number;
                std::string at = inner + '.' + std::to_string(part.number);
                at += sub.number > 1 ? '.' + std::to_string(sub.number) : std::string();
                add(sub, std::move(at), hl7Role(place, kind, m_text.substr(sub.begin, sub.end - sub.begin)),
                    Escaping::Hl7);
            });
        }
    }

    [[nodiscard]] std::string textOf(const Part& part) const {
        return unescape(m_text.substr(part.begin, part.end - part.begin), Escaping::Hl7, m_out.spelling);
    }

    /// Whom a PID is about: the first number, every name (HL7 v2.5 3.4.2; SS-MIX2: kanji, kana, romaji
    /// repeat).
    void person(std::string_view raw) {
        const auto begin = static_cast<std::size_t>(raw.data() - m_text.data());
        model::SubjectHint hint;
        split(m_text, {begin, begin + raw.size(), 1}, m_out.spelling.field, [&](const Part& field) {
            split(m_text, field, m_out.spelling.repetition, [&](const Part& repetition) {
                std::vector<std::string> parts;
                split(m_text, repetition, m_out.spelling.component,
                      [&](const Part& part) { parts.push_back(textOf(firstOf(part))); });
                parts.resize(std::max<std::size_t>(parts.size(), 4));
                take(hint, field.number - 1, parts);
            });
        });
        const std::string key =
            hint.issuer + '|' +
            (hint.patientId.empty() && !hint.names.empty() ? hint.names.front() + hint.birthDate
                                                           : hint.patientId);
        const auto [known, added] = m_known.emplace(key, static_cast<std::int32_t>(m_out.people.size()));
        m_person = known->second;
        if (added) {
            m_out.people.push_back(std::move(hint));
            return;
        }
        for (const std::string& name : hint.names) {
            addName(m_out.people[static_cast<std::size_t>(m_person)], name);
        }
    }
    [[nodiscard]] Part firstOf(Part part) const {
        const char mark = m_out.spelling.subcomponent;
        part.end = mark == 0 ? part.end : std::min(m_text.find(mark, part.begin), part.end);
        return part;
    }

    static void addName(model::SubjectHint& hint, const std::string& name) {
        constexpr std::size_t kMostNames = 16;
        if (!name.empty() && hint.names.size() < kMostNames &&
            std::find(hint.names.begin(), hint.names.end(), name) == hint.names.end()) {
            hint.names.push_back(name);
        }
    }

    static void take(model::SubjectHint& hint, int field, const std::vector<std::string>& parts) {
        if (field == 3 && hint.patientId.empty() && parts[0] != "\"\"") {
            hint.patientId = parts[0];
            hint.issuer = parts[3];
        } else if (field == 5 || field == 9) {
            addName(hint, parts[0] + (parts[0].empty() || parts[1].empty() ? "" : "^") + parts[1]);
        } else if (field == 7 && hint.birthDate.empty()) {
            const std::string day = parts[0].substr(0, 8);
            const bool digits = day.size() == 8 && day.find_first_not_of("0123456789") == std::string::npos;
            hint.birthDate = digits ? day : std::string();
        } else if (field == 8 && hint.sex.empty() && !parts[0].empty()) {
            const char sex = parts[0].front();
            hint.sex =
                std::string_view("MFOU").find(sex) != std::string_view::npos ? std::string(1, sex) : "U";
        }
    }

    std::string_view m_text;
    encoding::Encoding m_encoding;
    MessageParts m_out;
    bool m_begun = false;
    bool m_message = false;
    std::int32_t m_person = -1;
    std::string_view m_valueType;
    std::map<std::string, std::int32_t> m_known;
    std::size_t m_counted = 0;
    std::int64_t m_point = 0;
};

/// HL7 table 0211 and what Japanese systems write there.
std::optional<encoding::Encoding> encodingOf(std::string_view label, bool& ascii) {
    using encoding::Encoding;
    struct Row {
        std::string_view label;
        Encoding encoding;
    };
    static constexpr Row kRows[] = {{"ISO IR87", Encoding::Iso2022Jp}, {"ISO IR159", Encoding::Iso2022Jp},
                                    {"ISO IR13", Encoding::Iso2022Jp}, {"JIS X 0202", Encoding::Iso2022Jp},
                                    {"UNICODE UTF-8", Encoding::Utf8}, {"UNICODE", Encoding::Utf8},
                                    {"UTF-8", Encoding::Utf8},         {"UNICODE UTF8", Encoding::Utf8},
                                    {"MS932", Encoding::Cp932},        {"SHIFT-JIS", Encoding::Cp932}};
    ascii = label.empty() || label == "ASCII" || label == "ISO IR6" || label == "ISO IR14";
    for (const Row& row : kRows) {
        if (row.label == label) {
            return row.encoding;
        }
    }
    return ascii ? std::nullopt : encoding::encodingFromLabel(label);
}

} // namespace

base::Expected<MessageParts> hl7Segments(std::string_view utf8, encoding::Encoding encoding) {
    return Reader(utf8, encoding).read();
}

std::optional<encoding::Encoding> hl7DeclaredEncoding(std::string_view bytes, bool& unknown) {
    constexpr std::size_t kFarthest = 16 * 1024; // batch headers and their comments come before it
    constexpr int kCharacterSet = 18;
    const std::string_view head = bytes.substr(0, kFarthest);
    const std::size_t begin = head.find("MSH");
    const auto spelling = begin == std::string_view::npos ? std::nullopt : spellingOf(head.substr(begin));
    unknown = false;
    if (!spelling) {
        return std::nullopt;
    }
    const std::size_t end = std::min(head.find_first_of("\r\n", begin), head.size());
    std::optional<encoding::Encoding> out;
    split(head, {begin, end, 1}, spelling->field, [&](const Part& field) {
        if (field.number != kCharacterSet) {
            return;
        }
        split(head, field, spelling->repetition, [&](const Part& label) {
            bool ascii = false;
            const auto set = encodingOf(head.substr(label.begin, label.end - label.begin), ascii);
            unknown = unknown || (!set && !ascii);
            out = out ? out : set;
        });
    });
    return out;
}

} // namespace kamei::intake::text
