#include "core/audit/Details.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace kamei::audit {
namespace {

constexpr std::size_t kLongestWord = 64;

bool isWord(std::string_view text) {
    constexpr std::string_view kMarks = ".-_+(),: ";
    return text.size() <= kLongestWord && std::ranges::all_of(text, [&](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      kMarks.find(c) != std::string_view::npos;
           });
}

std::string inQuotes(std::string_view text) {
    std::string out = "\"";
    out += text;
    out += '"';
    return out;
}

} // namespace

Details& Details::count(std::string_view name, std::int64_t value) {
    m_fields.insert_or_assign(std::string(name), std::to_string(value));
    return *this;
}

Details& Details::digest(std::string_view name, const base::Sha256& value) {
    m_fields.insert_or_assign(std::string(name), inQuotes(value.hex()));
    return *this;
}

Details& Details::word(std::string_view name, std::string_view value) {
    m_fields.insert_or_assign(std::string(name), inQuotes(isWord(value) ? value : "?"));
    return *this;
}

Details& Details::flag(std::string_view name, bool value) {
    m_fields.insert_or_assign(std::string(name), value ? "true" : "false");
    return *this;
}

Details& Details::ranges(std::string_view name, std::vector<std::int64_t> values) {
    std::ranges::sort(values);
    std::string out;
    for (std::size_t i = 0; i < values.size();) {
        std::size_t last = i;
        while (last + 1 < values.size() && values[last + 1] <= values[last] + 1) {
            ++last;
        }
        out += out.empty() ? "" : ",";
        out += std::to_string(values[i]);
        if (values[last] != values[i]) {
            out += '-';
            out += std::to_string(values[last]);
        }
        i = last + 1;
    }
    m_fields.insert_or_assign(std::string(name), inQuotes(out));
    return *this;
}

std::string Details::json() const {
    std::string out = "{";
    for (const auto& [name, value] : m_fields) {
        out += out.size() > 1 ? "," : "";
        out += nlohmann::json(name).dump();
        out += ':';
        out += value;
    }
    return out + '}';
}

} // namespace kamei::audit
