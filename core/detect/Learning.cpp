#include "core/detect/Learning.h"

#include <set>

namespace kamei::detect {
namespace {

constexpr double kCertain = 0.9;

} // namespace

void learn(const text::Span& span, const std::string& value, Detection& out) {
    struct Row {
        text::Label label;
        std::string_view kind;
    };
    static constexpr Row kRows[] = {
        {text::Label::PatientName, "patient-name"}, {text::Label::ChartNo, "patient-id"},
        {text::Label::BirthDate, "birth-date"},     {text::Label::Address, "address"},
        {text::Label::ClinicianName, "clinician"},  {text::Label::Facility, "facility"}};
    const bool person = span.label == text::Label::PatientName || span.label == text::Label::ClinicianName;
    // A surname alone would be found in everybody's documents.
    const bool whole =
        !person || value.find(' ') != std::string::npos || value.find("　") != std::string::npos;
    for (const Row& row : kRows) {
        if (row.label == span.label && span.confidence >= kCertain && whole &&
            !span.source.starts_with("known.") && value.size() >= 4) {
            out.known.push_back({{}, std::string(row.kind), value, {}, {}});
        }
    }
}

void keepDistinct(std::vector<model::KnownIdentifier>& known) {
    std::set<std::pair<std::string, std::string>> seen;
    std::erase_if(known,
                  [&seen](const model::KnownIdentifier& k) { return !seen.emplace(k.kind, k.value).second; });
}

} // namespace kamei::detect
