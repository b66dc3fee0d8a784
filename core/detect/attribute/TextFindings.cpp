#include "core/detect/attribute/TextFindings.h"

#include <nlohmann/json.hpp>

namespace kamei::detect::attribute {

TextReading readTexts(const AttributeNode& node, const text::TextDetector& detector,
                      std::span<const model::KnownIdentifier> known) {
    TextReading out;
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const std::string& value : node.values) {
        nlohmann::ordered_json spans = nlohmann::ordered_json::array();
        for (text::Span& span : detector.detect(value, known)) {
            spans.push_back(
                {{"start", span.start}, {"end", span.end}, {"label", text::labelWord(span.label)}});
            if (out.firstHit.empty()) {
                out.firstHit = value;
            }
            out.spans.push_back(std::move(span));
        }
        nlohmann::ordered_json row;
        row["value"] = value;
        row["spans"] = std::move(spans);
        rows.push_back(std::move(row));
    }
    nlohmann::ordered_json detail;
    detail["clean"] = std::move(rows);
    out.detail = detail.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    return out;
}

std::string shortened(std::string_view utf8) {
    constexpr std::size_t kMost = 2000;
    std::size_t points = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(utf8[i]) & 0xC0) != 0x80;
        if (begins && points++ == kMost) {
            return std::string(utf8.substr(0, i));
        }
    }
    return std::string(utf8);
}

} // namespace kamei::detect::attribute
