#include "core/detect/text/JsonLines.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace kamei::detect::text {
namespace {

using nlohmann::json;

void addKnown(const json& value, std::string_view kind, std::vector<model::KnownIdentifier>& out) {
    if (value.is_string() && !value.get_ref<const std::string&>().empty()) {
        out.push_back({{}, std::string(kind), value.get<std::string>(), {}, {}});
    } else if (value.is_array()) {
        for (const json& item : value) {
            if (item.is_string()) {
                addKnown(item, kind, out);
            }
        }
    }
}

std::vector<model::KnownIdentifier> knownOf(const json& object) {
    constexpr std::array<std::pair<const char*, std::string_view>, 9> kKeys{
        {{"patient_name", "patient-name"},
         {"patient_kana", "patient-name"},
         {"patient_romaji", "patient-name"},
         {"chart_no", "patient-id"},
         {"birth_date", "birth-date"},
         {"address", "address"},
         {"phone", "phone"},
         {"clinicians", "clinician"},
         {"facilities", "facility"}}};
    std::vector<model::KnownIdentifier> out;
    for (const auto& [key, kind] : kKeys) {
        if (const auto found = object.find(key); found != object.end()) {
            addKnown(*found, kind, out);
        }
    }
    return out;
}

} // namespace

base::Expected<std::string> detectJsonLine(std::string_view line, const TextDetector& detector) {
    const json in = json::parse(line, nullptr, false);
    const auto malformed = [] { return base::fail(base::ErrorCode::Malformed, "detect.text.json"); };
    if (!in.is_object() || !in.contains("text") || !in["text"].is_string()) {
        return malformed();
    }
    std::vector<model::KnownIdentifier> known;
    if (const auto found = in.find("known"); found != in.end() && found->is_object()) {
        known = knownOf(*found);
    }
    // Written as it comes, as a tree of values takes longer than finding them; words of labels and sources
    // hold nothing that JSON escapes.
    std::string out = R"({"id":)";
    out += in.contains("id") ? in["id"].dump(-1, ' ', false, json::error_handler_t::replace) : "null";
    out += R"(,"spans":[)";
    for (const Span& span : detector.detect(in["text"].get_ref<const std::string&>(), known)) {
        out += out.back() == '[' ? R"({"confidence":)" : R"(,{"confidence":)";
        out += json(span.confidence).dump();
        out += R"(,"end":)";
        out += std::to_string(span.end);
        out += R"(,"label":")";
        out += labelWord(span.label);
        out += R"(","source":")";
        out += span.source;
        out += R"(","start":)";
        out += std::to_string(span.start);
        out += '}';
    }
    out += "]}";
    return out;
}

} // namespace kamei::detect::text
