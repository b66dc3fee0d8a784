#include "core/transform/text/Municipality.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <vector>

#include "core/base/Resources.h"
#include "core/intake/encoding/Unicode.h"

namespace kamei::transform::text {
namespace {

using intake::encoding::toUtf32;
using intake::encoding::toUtf8;

struct Table {
    std::unordered_set<std::u32string> names;
    std::size_t longest = 0;

    void add(const std::u32string& name) {
        longest = std::max(longest, name.size());
        names.insert(name);
    }
};

std::vector<std::string_view> split(std::string_view line, char separator) {
    std::vector<std::string_view> out;
    for (;;) {
        const std::size_t end = line.find(separator);
        out.push_back(line.substr(0, end));
        if (end == std::string_view::npos) {
            return out;
        }
        line.remove_prefix(end + 1);
    }
}

/// Columns: code, prefecture, county, name, kana, population. Lines with '#' are comments, the first other
/// line names the columns.
Table load() {
    Table out;
    const auto content = base::readResource("japanese/municipalities.tsv");
    if (!content) {
        return out; // without the table every address is deleted, never kept
    }
    bool header = true;
    for (const std::string_view line : split(*content, '\n')) {
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const auto cells = split(line, '\t');
        if (header || cells.size() < 4) {
            header = false;
            continue;
        }
        const std::u32string prefecture = toUtf32(cells[1]);
        const std::u32string county = toUtf32(cells[2]);
        const std::u32string name = toUtf32(cells[3]);
        out.add(prefecture);
        for (const std::u32string& place : {name, county + name}) {
            if (!place.empty()) {
                out.add(place);
                out.add(prefecture + place);
            }
        }
    }
    return out;
}

const Table& table() {
    static const Table instance = load();
    return instance;
}

bool isBlank(char32_t c) {
    return c == U' ' || c == 0x3000 || c == U'\t' || c == U'\n' || c == U'\r';
}
bool isPostal(char32_t c) {
    return c == U'〒' || (c >= U'0' && c <= U'9') || (c >= 0xFF10 && c <= 0xFF19) || c == U'-' ||
           c == 0xFF0D || c == 0x2010 || c == 0x2212 || c == 0x30FC;
}

} // namespace

std::optional<std::string> toMunicipality(std::string_view utf8) {
    const std::u32string text = toUtf32(utf8);
    std::size_t begin = 0;
    while (begin < text.size() && (isBlank(text[begin]) || isPostal(text[begin]))) {
        ++begin;
    }
    std::u32string plain;
    std::vector<std::size_t> ends; // where in the text each character of plain ends
    for (std::size_t i = begin; i < text.size() && plain.size() < table().longest; ++i) {
        if (!isBlank(text[i])) {
            // Two spellings of one character in place names: 龍ケ崎 and 龍ヶ崎.
            plain.push_back(text[i] == U'ヶ' ? U'ケ' : text[i]);
            ends.push_back(i + 1);
        }
    }
    for (std::size_t length = plain.size(); length > 1; --length) {
        const std::u32string part = plain.substr(0, length);
        std::u32string other = part;
        std::replace(other.begin(), other.end(), U'ケ', U'ヶ');
        if (table().names.contains(part) || table().names.contains(other)) {
            return toUtf8(std::u32string_view(text).substr(begin, ends[length - 1] - begin));
        }
    }
    return std::nullopt;
}

} // namespace kamei::transform::text
