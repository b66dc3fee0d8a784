#include "core/detect/attribute/TextFindings.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace kamei::detect::attribute {

namespace {

using Spans = std::vector<text::Span>;

/// What identifies a code (PS3.3 8.8): reshaped it would be another code or none.
constexpr std::array<Tag, 5> kCode{0x00080100, 0x00080102, 0x00080103, 0x00080119, 0x00080120};

/// Words of makers about their products: Manufacturer and model, software versions, coils, sequences,
/// filters, kernels. "R6.1" in them is a version and no date.
constexpr std::array<Tag, 11> kTechnical{0x00080070, 0x00081090, 0x00180024, 0x00181020,
                                         0x00181160, 0x00181210, 0x00181250, 0x00181251,
                                         0x00185010, 0x00189005, 0x00189341};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::int64_t pointsOf(std::string_view utf8) {
    return std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

/// Long numbers and UIDs of which no rule of the text detector speaks: an insured number, the UID of another
/// object. In a description they say nothing that a purpose needs.
void addNumbers(std::string_view value, Spans& spans) {
    constexpr std::size_t kShortestNumber = 7;
    constexpr int kComponents = 5;
    for (std::size_t at = 0; at < value.size();) {
        if (!isDigit(value[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        int dots = 0;
        std::size_t run = 0;
        std::size_t longest = 0;
        for (; end < value.size() && (isDigit(value[end]) || value[end] == '.'); ++end) {
            dots += value[end] == '.' ? 1 : 0;
            run = value[end] == '.' ? 0 : run + 1;
            longest = std::max(longest, run);
        }
        while (value[end - 1] == '.') {
            --end;
            --dots;
        }
        const std::string_view number = value.substr(at, end - at);
        const bool uid = dots >= kComponents - 1;
        const std::int64_t start = pointsOf(value.substr(0, at));
        const std::int64_t stop = start + static_cast<std::int64_t>(number.size());
        if (uid && Profile::isWellKnownUid(number)) {
            // Of the standard's own UIDs no part is a telephone or chart number.
            std::erase_if(spans, [&](const text::Span& span) {
                return span.start >= start && span.end <= stop && !span.source.starts_with("known");
            });
        } else if (uid || (dots == 0 && longest >= kShortestNumber)) {
            const bool known = std::ranges::any_of(
                spans, [&](const text::Span& span) { return span.start < stop && start < span.end; });
            if (!known) {
                spans.push_back(
                    {start, stop, text::Label::OtherNo, 0.6, uid ? "rule.uid" : "rule.long-number"});
            }
        }
        at = end;
        while (at < value.size() && (isDigit(value[at]) || value[at] == '.')) {
            ++at;
        }
    }
}

Spans spansOf(const AttributeNode& node, const std::string& value, const text::TextDetector& detector,
              const KnownSearch& known) {
    Spans spans = detector.detect(value, known.identifiers);
    for (const known::KnownSpan& hit : known::searchKnown(value, known.matcher)) {
        for (text::Span& span : spans) {
            const bool holds = span.start < hit.end && hit.start < span.end;
            if (holds && !span.source.starts_with("known")) {
                span.source = "known." + known.identifiers[hit.identifier].kind;
            }
        }
    }
    if (std::ranges::find(kCode, node.tag) != kCode.end() || node.coded.contains(value)) {
        // Of a code only what is a known identifier as a whole gives way.
        const std::int64_t length = pointsOf(value);
        std::erase_if(spans, [&](const text::Span& span) {
            return span.start != 0 || span.end != length || !span.source.starts_with("known");
        });
    } else if (std::ranges::find(kTechnical, node.tag) != kTechnical.end()) {
        std::erase_if(spans, [](const text::Span& span) { return !span.source.starts_with("known"); });
    } else if (intake::dicom::isCharacterSetVr(node.vr)) {
        addNumbers(value, spans);
    }
    return spans;
}

} // namespace

TextReading readTexts(const AttributeNode& node, const text::TextDetector& detector,
                      const KnownSearch& known) {
    TextReading out;
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const std::string& value : node.values) {
        nlohmann::ordered_json spans = nlohmann::ordered_json::array();
        for (text::Span& span : spansOf(node, value, detector, known)) {
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
