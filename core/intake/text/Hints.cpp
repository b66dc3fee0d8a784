#include "core/intake/text/Hints.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/text/DateNotation.h"

namespace kamei::intake::text {
namespace {

using model::SubjectHint;

constexpr std::int64_t kHeadPoints = 6000; ///< the part of a text in which its head is looked for
constexpr std::size_t kTitlePoints = 30;

enum class Key { Id, Name, Kana, Birth, Sex, Other };
struct KeyWord {
    std::u32string_view text;
    Key key;
};
// Longer words first: 患者氏名 before 氏名. Other: fields that end the value before them.
constexpr std::array kKeyWords{
    KeyWord{U"カルテ番号", Key::Id}, KeyWord{U"診察券番号", Key::Id},  KeyWord{U"患者番号", Key::Id},
    KeyWord{U"患者ID", Key::Id},     KeyWord{U"患者ＩＤ", Key::Id},    KeyWord{U"患者id", Key::Id},
    KeyWord{U"カルテNo", Key::Id},   KeyWord{U"Patient ID", Key::Id},  KeyWord{U"MRN", Key::Id},
    KeyWord{U"カルテID", Key::Id},   KeyWord{U"ID", Key::Id},          KeyWord{U"ＩＤ", Key::Id},
    KeyWord{U"カナ氏名", Key::Kana}, KeyWord{U"氏名カナ", Key::Kana},  KeyWord{U"氏名（カナ）", Key::Kana},
    KeyWord{U"フリガナ", Key::Kana}, KeyWord{U"ふりがな", Key::Kana},  KeyWord{U"ﾌﾘｶﾞﾅ", Key::Kana},
    KeyWord{U"カナ", Key::Kana},     KeyWord{U"患者氏名", Key::Name},  KeyWord{U"患者名", Key::Name},
    KeyWord{U"氏名", Key::Name},     KeyWord{U"氏　名", Key::Name},    KeyWord{U"Patient Name", Key::Name},
    KeyWord{U"Name", Key::Name},     KeyWord{U"生年月日", Key::Birth}, KeyWord{U"Date of Birth", Key::Birth},
    KeyWord{U"DOB", Key::Birth},     KeyWord{U"性別", Key::Sex},       KeyWord{U"性　別", Key::Sex},
    KeyWord{U"Sex", Key::Sex},       KeyWord{U"Gender", Key::Sex},     KeyWord{U"年齢", Key::Other},
    KeyWord{U"住所", Key::Other},    KeyWord{U"電話", Key::Other},     KeyWord{U"入院日", Key::Other},
    KeyWord{U"検査日", Key::Other},  KeyWord{U"主治医", Key::Other},   KeyWord{U"担当医", Key::Other},
    KeyWord{U"診療科", Key::Other},  KeyWord{U"科", Key::Other},       KeyWord{U"Age", Key::Other},
};

bool isBlank(char32_t c) {
    return c == U' ' || c == 0x3000 || c == U'\t' || c == U'\r';
}
bool isColon(char32_t c) {
    return c == U':' || c == 0xFF1A || c == U'=' || c == 0xFF1D;
}
bool isWordChar(char32_t c) {
    const bool ascii = (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
    const bool wide =
        (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
    return ascii || wide || (c >= 0x3041 && c <= 0x9FFF) || (c >= 0xFF66 && c <= 0xFF9F) || c >= 0x20000;
}

std::u32string_view trimmed(std::u32string_view text) {
    while (!text.empty() && isBlank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isBlank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

struct Field {
    Key key = Key::Other;
    std::size_t wordBegin = 0;
    std::size_t valueBegin = 0;
};

/// A key word at `at` that is followed by a colon, or by blanks when it stands at the beginning of the line.
bool fieldAt(std::u32string_view line, std::size_t at, Field& out) {
    for (const KeyWord& word : kKeyWords) {
        if (!line.substr(at).starts_with(word.text)) {
            continue;
        }
        std::size_t end = at + word.text.size();
        if (line.substr(end).starts_with(U"番号")) {
            end += 2;
        }
        std::size_t next = end;
        while (next < line.size() && isBlank(line[next])) {
            ++next;
        }
        const bool colon = next < line.size() && isColon(line[next]);
        const bool column = at == 0 && next > end && next < line.size() && word.text.size() > 1;
        if (colon || column) {
            out = {word.key, at, colon ? next + 1 : next};
            return true;
        }
    }
    return false;
}

std::vector<Field> fieldsOf(std::u32string_view line) {
    std::vector<Field> out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        Field field;
        // 主治医氏名 or 家族氏名 is nobody's 氏名: a key word begins a word.
        const bool begins = i == 0 || !isWordChar(line[i - 1]);
        if (begins && fieldAt(line, i, field)) {
            out.push_back(field);
            i = field.valueBegin - 1;
        }
    }
    return out;
}

/// The value without honorifics and what stands in brackets behind it; that is returned in `bracket`.
std::u32string_view cutName(std::u32string_view value, std::u32string_view& bracket) {
    const std::size_t open = value.find_first_of(U"（(");
    if (open != std::u32string_view::npos) {
        const std::size_t close = value.find_first_of(U"）)", open);
        bracket = value.substr(open + 1, close == std::u32string_view::npos ? close : close - open - 1);
        value = value.substr(0, open);
    }
    value = value.substr(0, std::min(value.find_first_of(U"/／,、|"), value.size()));
    value = trimmed(value);
    for (const std::u32string_view title : {U"様", U"殿", U"さん", U"氏"}) {
        if (value.size() > title.size() && value.ends_with(title)) {
            value.remove_suffix(title.size());
        }
    }
    return trimmed(value);
}

bool isKana(std::u32string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char32_t c) {
        return isBlank(c) || (c >= 0x3041 && c <= 0x30FF) || (c >= 0xFF61 && c <= 0xFF9F);
    });
}

std::string sexOf(std::u32string_view value) {
    value = trimmed(value);
    if (value.starts_with(U"男") || value.starts_with(U"M") || value.starts_with(U"m")) {
        return "M";
    }
    return value.starts_with(U"女") || value.starts_with(U"F") || value.starts_with(U"f") ? "F"
                                                                                          : std::string();
}

/// The longest beginning of a value that is a date.
std::string birthOf(std::u32string_view value) {
    value = trimmed(value);
    for (std::size_t length = std::min<std::size_t>(value.size(), 24); length >= 6; --length) {
        const auto date = DateNotation::parse(encoding::toUtf8(value.substr(0, length)));
        if (date && !date->yyyymmdd().empty()) {
            return date->yyyymmdd();
        }
    }
    return {};
}

void addName(SubjectHint& hint, std::u32string_view name) {
    std::string text = encoding::toUtf8(trimmed(name));
    if (!text.empty() && text.size() <= 120 &&
        std::find(hint.names.begin(), hint.names.end(), text) == hint.names.end()) {
        hint.names.push_back(std::move(text));
    }
}

void takeField(SubjectHint& hint, Key key, std::u32string_view value) {
    std::u32string_view bracket;
    switch (key) {
    case Key::Id: {
        const std::u32string_view id = trimmed(value);
        const std::size_t end = std::min(id.find_first_of(U" 　\t（(,、/"), id.size());
        if (hint.patientId.empty() && end <= 64) {
            hint.patientId = encoding::toUtf8(id.substr(0, end));
        }
        break;
    }
    case Key::Name: {
        const std::u32string_view name = cutName(value, bracket);
        if (hint.names.empty()) {
            addName(hint, name);
            if (isKana(bracket)) {
                addName(hint, bracket);
            }
        }
        break;
    }
    case Key::Kana:
        addName(hint, cutName(value, bracket));
        break;
    case Key::Birth:
        if (hint.birthDate.empty()) {
            hint.birthDate = birthOf(value);
        }
        break;
    case Key::Sex:
        if (hint.sex.empty()) {
            hint.sex = sexOf(value);
        }
        break;
    case Key::Other:
        break;
    }
}

SubjectHint hintOfPlain(const TextSource& source) {
    SubjectHint hint;
    const std::u32string head = encoding::toUtf32(source.slice(0, std::min(source.length(), kHeadPoints)));
    for (std::size_t begin = 0; begin < head.size();) {
        const std::size_t end = std::min(head.find(U'\n', begin), head.size());
        std::u32string_view line = trimmed(std::u32string_view(head).substr(begin, end - begin));
        while (!line.empty() && (line.front() == U'【' || line.front() == U'■' || line.front() == U'・')) {
            line.remove_prefix(1);
        }
        const std::vector<Field> fields = fieldsOf(line);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const std::size_t stop = i + 1 < fields.size() ? fields[i + 1].wordBegin : line.size();
            takeField(hint, fields[i].key, line.substr(fields[i].valueBegin, stop - fields[i].valueBegin));
        }
        begin = end + 1;
    }
    return hint;
}

/// The person element that a name part belongs to: its path without the part.
std::string parentOfNamePart(const std::string& path) {
    for (const std::string_view part : {"/family", "/given", "/prefix", "/suffix", "/delimiter"}) {
        if (path.ends_with(part)) {
            return path.substr(0, path.size() - part.size());
        }
    }
    return path;
}

SubjectHint hintOfXml(const TextSource& source) {
    SubjectHint hint;
    std::string name;
    std::string family;
    const auto flush = [&] {
        addName(hint, encoding::toUtf32(family.empty() ? name : name.empty() ? family : family + " " + name));
        name.clear();
        family.clear();
    };
    for (const Segment& segment : source.segments()) {
        const bool isName = segment.role == "patient.name" || segment.role == "patient.kana";
        const bool isPart = isName && parentOfNamePart(segment.path) != segment.path;
        const bool isFamily = segment.path.ends_with("/family");
        // Names alternate in one document (kanji, kana, romaji); each <name> begins with family or given
        // anew.
        const bool repeated =
            (isFamily && !family.empty()) || (segment.path.ends_with("/given") && !name.empty());
        if (!isPart || repeated) {
            flush();
        }
        const std::string value = source.content(segment);
        if (isName && segment.path.find("/@") == std::string::npos) {
            (isFamily ? family : name) += value;
        } else if (segment.role == "patient.id" && hint.patientId.empty()) {
            hint.patientId = value;
        } else if (segment.role == "patient.birth-date" && hint.birthDate.empty()) {
            hint.birthDate = birthOf(encoding::toUtf32(value));
        } else if (segment.role == "patient.sex" && hint.sex.empty()) {
            hint.sex = sexOf(encoding::toUtf32(value));
        }
    }
    flush();
    return hint;
}

} // namespace

SubjectHint subjectHint(const TextSource& source) {
    const bool structured = !source.segments().empty() && !source.segments().front().path.empty();
    return structured ? hintOfXml(source) : hintOfPlain(source);
}

std::vector<SubjectHint> tableHints(const TextSource& source) {
    std::vector<SubjectHint> out;
    std::map<std::string, std::size_t, std::less<>> known;
    const std::vector<Segment>& cells = source.segments();
    for (std::size_t i = 0; i < cells.size();) {
        SubjectHint hint;
        const std::int64_t row = cells[i].row;
        for (; i < cells.size() && cells[i].row == row; ++i) {
            const std::string& role = cells[i].role;
            if (!role.starts_with("patient.")) {
                continue;
            }
            const std::u32string value = encoding::toUtf32(source.content(cells[i]));
            if (role == "patient.id" && hint.patientId.empty()) {
                hint.patientId = encoding::toUtf8(trimmed(value));
            } else if (role == "patient.name" || role == "patient.kana") {
                addName(hint, value);
            } else if (role == "patient.birth-date") {
                hint.birthDate = birthOf(value);
            } else if (role == "patient.sex") {
                hint.sex = sexOf(value);
            }
        }
        const std::string key = !hint.patientId.empty() ? hint.patientId
                                : hint.names.empty()    ? std::string()
                                                        : hint.names.front();
        if (!key.empty() && known.try_emplace(key, out.size()).second) {
            out.push_back(std::move(hint));
        }
    }
    return out;
}

namespace {

/// What kind of message or resource it is: "ORU^R01", "Bundle".
std::string messageTitle(const TextSource& source) {
    std::string type;
    for (const Segment& segment : source.segments()) {
        if (segment.path.starts_with("MSH-9.")) {
            type += (type.empty() ? "" : "^") + source.content(segment);
        } else if (!type.empty() || segment.path.ends_with(".resourceType")) {
            return type.empty() ? source.content(segment) : type;
        }
    }
    return type;
}

} // namespace

std::string titleOf(const TextSource& source) {
    const auto shortened = [](std::u32string_view text) {
        return encoding::toUtf8(trimmed(text).substr(0, kTitlePoints));
    };
    if (source.segments().empty()) {
        return {};
    }
    const Segment& first = source.segments().front();
    if (first.escaping == Escaping::Hl7 || first.escaping == Escaping::Json) {
        return messageTitle(source);
    }
    if (first.row >= 0) {
        std::u32string names;
        for (const Segment& cell : source.segments()) {
            if (cell.row > 0 || !source.hasHeader()) {
                break;
            }
            names += (names.empty() ? U"" : U" · ") + encoding::toUtf32(source.content(cell));
        }
        return shortened(names);
    }
    if (!first.path.empty()) {
        for (const Segment& segment : source.segments()) {
            if (segment.path == "/ClinicalDocument/title") {
                return shortened(encoding::toUtf32(source.content(segment)));
            }
        }
        return {};
    }
    const std::u32string head =
        encoding::toUtf32(source.slice(0, std::min<std::int64_t>(source.length(), 2000)));
    for (std::size_t begin = 0; begin < head.size();) {
        const std::size_t end = std::min(head.find(U'\n', begin), head.size());
        const std::u32string_view line = trimmed(std::u32string_view(head).substr(begin, end - begin));
        if (std::any_of(line.begin(), line.end(), isWordChar)) {
            return shortened(line);
        }
        begin = end + 1;
    }
    return {};
}

} // namespace kamei::intake::text
