// What import needs of recordings and genes.
#include <algorithm>
#include <set>

#include "core/base/Digest.h"
#include "core/intake/Describe.h"
#include "core/intake/genome/Variants.h"
#include "core/intake/signal/Page.h"

namespace kamei::intake {
namespace {

using model::AssetKind;

base::Expected<Description> describeSignal(std::string_view content, std::string_view format) {
    if (content.empty()) {
        return base::fail(base::ErrorCode::Empty, "intake.describe");
    }
    const auto page = signal::open(content, format);
    if (!page) {
        return tl::unexpected(page.error());
    }
    Description out;
    out.kind = AssetKind::Signal;
    out.group = base::sha256(content).hex();
    out.title = page->title;
    out.facts = "{\"form\":\"" + page->title + "\"}";
    out.subject = signal::subjectHint(*page);
    return out;
}

/// Samples that are named after somebody, each a person.
std::vector<model::SubjectHint> samplesOf(const text::TextSource& source) {
    std::vector<model::SubjectHint> out;
    std::set<std::string> seen;
    for (const text::Segment& part : source.segments()) {
        if (part.role == "patient.id" && part.path == "samples") {
            model::SubjectHint hint;
            hint.patientId = source.slice(part.start, part.end);
            if (seen.insert(hint.patientId).second) {
                out.push_back(std::move(hint));
            }
        }
    }
    return out;
}

base::Expected<Description> describeVariants(std::string_view content, std::string_view title) {
    if (content.empty()) {
        return base::fail(base::ErrorCode::Empty, "intake.describe");
    }
    const auto variants = genome::open(std::string(content));
    if (!variants) {
        return tl::unexpected(variants.error());
    }
    Description out;
    out.kind = AssetKind::Genome;
    out.group = base::sha256(content).hex();
    out.title = title;
    out.subjects = samplesOf(variants->text);
    if (out.subjects.size() == 1) {
        out.subject = std::move(out.subjects.front());
        out.subjects.clear();
    }
    return out;
}

} // namespace

base::Expected<Description> describeEdf(const Location&, std::string_view content) {
    return describeSignal(content, "edf");
}
base::Expected<Description> describeScpEcg(const Location&, std::string_view content) {
    return describeSignal(content, "scp-ecg");
}
base::Expected<Description> describeMfer(const Location&, std::string_view content) {
    return describeSignal(content, "mfer");
}
base::Expected<Description> describeVcf(const Location&, std::string_view content) {
    return describeVariants(content, "VCF");
}
base::Expected<Description> describeBcf(const Location&, std::string_view content) {
    return describeVariants(content, "BCF");
}
base::Expected<Description> describeSequences(const Location&, std::string_view content) {
    if (content.empty()) {
        return base::fail(base::ErrorCode::Empty, "intake.describe");
    }
    Description out;
    out.kind = AssetKind::Genome;
    out.group = base::sha256(content).hex();
    out.title = "Sequences";
    return out;
}

} // namespace kamei::intake
