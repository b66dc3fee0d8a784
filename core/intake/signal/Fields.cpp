#include "core/intake/signal/Fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/signal/Wanted.h"

namespace kamei::intake::signal {
namespace {

using encoding::Encoding;

constexpr char kEscape = '\x1B';
constexpr std::size_t kMostWords = 400; ///< characters of an opaque field that are shown
constexpr std::size_t kShortestWord = 4;

std::string fromLatin(std::string_view bytes) {
    std::u32string out;
    for (const char c : bytes) {
        out += static_cast<unsigned char>(c);
    }
    return encoding::toUtf8(out);
}

/// Empty where a character has no form.
std::optional<std::string> encoded(const std::string& utf8, std::optional<Encoding> encoding) {
    if (encoding) {
        auto bytes = encoding::encode(utf8, *encoding);
        return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
    }
    std::string out;
    for (const char32_t c : encoding::toUtf32(utf8)) {
        if (c > 0xFF) {
            return std::nullopt;
        }
        out += static_cast<char>(c);
    }
    return out;
}

/// Without the zeros and blanks behind it; in UTF-16 whole units.
std::string_view usedOf(std::string_view all, std::optional<Encoding> encoding) {
    const bool wide = encoding == Encoding::Utf16Le || encoding == Encoding::Utf16Be;
    std::size_t used =
        all.find_last_not_of(wide ? std::string_view("\0", 1) : std::string_view("\0 ", 2)) + 1;
    used += wide ? used % 2 : 0;
    return all.substr(0, std::min(used, all.size()));
}

bool fits(std::string_view bytes, Encoding encoding) {
    return encoding::decode(usedOf(bytes, encoding), encoding).has_value();
}

std::string digits(std::uint64_t value, std::size_t width) {
    const std::string out = std::to_string(value);
    return out.size() < width ? std::string(width - out.size(), '0') + out : out;
}

std::uint64_t byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

/// The words in bytes that nobody understands, so that a person sees what goes.
std::string wordsIn(std::string_view bytes) {
    std::string out;
    std::string word;
    for (std::size_t i = 0; i <= bytes.size() && out.size() < kMostWords; ++i) {
        const bool letter = i < bytes.size() && bytes[i] >= ' ' && bytes[i] <= '~';
        if (letter && word.size() < kMostWords) {
            word += bytes[i];
            continue;
        }
        out += word.size() < kShortestWord ? std::string() : ' ' + word;
        word.clear();
    }
    return out;
}

std::string shownText(std::string_view bytes, const Field& field) {
    const std::string_view all = bytes.substr(field.at, field.size);
    switch (field.kind) {
    case FieldKind::Text: {
        const std::string_view used = usedOf(all, field.encoding);
        return field.encoding ? encoding::decode(used, *field.encoding).value_or(std::string())
                              : fromLatin(used);
    }
    case FieldKind::Opaque:
        return isAll(all, '\0') ? std::string() : std::to_string(all.size()) + " bytes" + wordsIn(all);
    default:
        break;
    }
    if (isAll(all, '\0') || isAll(all, '\xFF')) { // unknown
        return {};
    }
    switch (field.kind) {
    case FieldKind::Sex:
        return all[0] == '\1' ? "M" : all[0] == '\2' ? "F" : "";
    case FieldKind::Date:
        return digits(readUnsigned(all.substr(0, 2), field.bigEndian), 4) + '-' + digits(byteAt(all, 2), 2) +
               '-' + digits(byteAt(all, 3), 2);
    case FieldKind::Time:
        return digits(byteAt(all, 0), 2) + '.' + digits(byteAt(all, 1), 2) + '.' + digits(byteAt(all, 2), 2);
    default:
        return std::to_string(readUnsigned(all, field.bigEndian));
    }
}

/// A number at the beginning of a text ("90" of "90+"); none: 0.
std::uint64_t numberIn(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() ? value : 0;
}

std::string unsignedBytes(std::uint64_t value, std::size_t size, bool bigEndian) {
    std::string out;
    for (std::size_t i = 0; i < size; ++i) {
        out += static_cast<char>(i < sizeof(value) ? (value >> (8 * i)) & 0xFF : 0);
    }
    if (size < sizeof(value) && value >> (8 * size) != 0) {
        out.assign(size, '\0');
    }
    if (bigEndian) {
        std::ranges::reverse(out);
    }
    return out;
}

std::string dateBytes(const std::string& text, bool bigEndian) {
    const std::string date = readDate(text, DateForm::Binary);
    if (date.empty()) {
        return std::string(4, '\0');
    }
    return unsignedBytes(numberIn(date.substr(0, 4)), 2, bigEndian) +
           static_cast<char>(numberIn(date.substr(4, 2))) + static_cast<char>(numberIn(date.substr(6)));
}

std::string timeBytes(std::string_view text) {
    std::string out(3, '\0');
    if (text.size() == 8 && text[2] == '.' && text[5] == '.') {
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = static_cast<char>(numberIn(text.substr(3 * i, 2)));
        }
    }
    return out;
}

std::string textBytes(const Wanted& wanted, const Field& field) {
    for (const std::string* text : {&wanted.text, &wanted.brief}) {
        if (auto bytes = encoded(*text, field.encoding); bytes && bytes->size() <= field.size) {
            bytes->resize(field.size, field.filler);
            return std::move(*bytes);
        }
    }
    // Escape sequences took the room, or it holds no letter.
    std::string out = encoded("X", field.encoding).value_or(std::string());
    out.resize(out.size() <= field.size ? out.size() : 0);
    out.resize(field.size, field.filler);
    return out;
}

std::string valueBytes(const Wanted& wanted, const Field& field) {
    switch (field.kind) {
    case FieldKind::Text:
        return textBytes(wanted, field);
    case FieldKind::Number:
        return unsignedBytes(numberIn(wanted.text), field.size, field.bigEndian);
    case FieldKind::Sex:
        return std::string(1, wanted.text == "M" ? '\1' : wanted.text == "F" ? '\2' : '\0');
    case FieldKind::Date:
        return dateBytes(wanted.text, field.bigEndian);
    case FieldKind::Time:
        return timeBytes(wanted.text);
    case FieldKind::Opaque:
        break;
    }
    return std::string(field.size, '\0');
}

} // namespace

std::uint64_t readUnsigned(std::string_view bytes, bool bigEndian) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out = (out << 8) | byteAt(bytes, bigEndian ? i : bytes.size() - 1 - i);
    }
    return out;
}

bool isAll(std::string_view bytes, char value) {
    return bytes.find_first_not_of(value) == std::string_view::npos;
}

Field textField(std::string_view bytes, Field field, const TextHabit& habit) {
    const std::string_view all = bytes.substr(field.at, field.size);
    std::vector<Encoding> likely;
    if (habit.declared) {
        likely.push_back(*habit.declared);
    }
    if (all.find(kEscape) != std::string_view::npos) {
        likely.push_back(Encoding::Iso2022Jp);
    }
    likely.push_back(Encoding::Utf8);
    if (!habit.latin) {
        likely.push_back(Encoding::Cp932);
    }
    field.kind = FieldKind::Text;
    const auto found = std::ranges::find_if(likely, [&](Encoding encoding) { return fits(all, encoding); });
    field.encoding = found == likely.end() ? std::nullopt : std::optional(*found);
    if (!field.encoding && !habit.latin && field.role == "text") {
        field.role = "signal.reserved";
    }
    return field;
}

void show(PageBuilder& page, std::string_view bytes, const Field& field) {
    const std::string text = shownText(bytes, field);
    if (!text.empty()) {
        const DateForm form = field.kind == FieldKind::Date ? DateForm::Binary : DateForm::None;
        page.field(field.label, text, {field.at, field.size, form, false}, field.path, field.role);
    }
}

std::string rewriteFields(std::string bytes, const std::vector<Field>& fields, const Page& page,
                          const std::vector<Change>& changes) {
    std::map<std::size_t, const Field*> byPlace;
    for (const Field& field : fields) {
        byPlace.emplace(field.at, &field);
    }
    std::map<std::size_t, std::vector<const Change*>> bySlot;
    for (const Change& change : changes) {
        bySlot[change.slot].push_back(&change);
    }
    for (const auto& [slot, list] : bySlot) {
        const text::Segment& part = page.text.segments()[slot];
        const Field& field = *byPlace.at(page.places[slot].at);
        const Wanted wanted = wantedOf(page.text.slice(part.start, part.end), list, false);
        bytes.replace(field.at, field.size, valueBytes(wanted, field));
    }
    return bytes;
}

} // namespace kamei::intake::signal
