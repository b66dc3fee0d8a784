#include "core/detect/DocumentDetector.h"

#include <algorithm>

#include "core/detect/FileNames.h"
#include "core/detect/Findings.h"
#include "core/detect/Learning.h"
#include "core/detect/StructuredNames.h"
#include "core/detect/StructuredRoles.h"
#include "core/detect/japanese/Normalise.h"
#include "core/intake/Format.h"
#include "core/intake/text/Roles.h"
#include "core/intake/text/TextSource.h"

namespace kamei::detect {
namespace {

using intake::text::Segment;
using intake::text::TextSource;
using Kind = model::Locator::Kind;

base::Expected<TextSource> open(const model::Source& source) {
    auto content = intake::readContent(source);
    if (!content) {
        return tl::unexpected(content.error());
    }
    return TextSource::read(std::move(*content), source.format);
}

// Pieces of a document that are read together, each on lines of its own.
class Reading {
public:
    explicit Reading(const TextSource& source) : m_source(source) {}

    void add(const Segment& segment) {
        std::string content = m_source.content(segment);
        const auto length = static_cast<std::int64_t>(japanese::toCodePoints(content).size());
        if (length == 0) {
            return;
        }
        m_pieces.push_back({&segment, m_length, length});
        m_text += content;
        m_text += '\n';
        m_length += length + 1;
    }

    [[nodiscard]] const std::string& text() const { return m_text; }

    /// The parts of a span that lie in pieces, as findings.
    void place(const text::Span& span, const Context& context, std::vector<model::Finding>& out) const {
        auto piece = std::upper_bound(m_pieces.begin(), m_pieces.end(), span.start,
                                      [](std::int64_t at, const Piece& p) { return at < p.start; });
        for (piece = piece == m_pieces.begin() ? piece : piece - 1;
             piece != m_pieces.end() && piece->start < span.end; ++piece) {
            const std::int64_t from = std::max(span.start, piece->start) - piece->start;
            const std::int64_t to = std::min(span.end, piece->start + piece->length) - piece->start;
            if (from >= to) {
                continue;
            }
            const std::int64_t first = m_source.toDocument(*piece->segment, from);
            const std::int64_t last = m_source.toDocument(*piece->segment, to);
            model::Finding finding = findingOf(span, m_source.slice(first, last), context);
            finding.locator.kind = Kind::Text;
            finding.locator.path = piece->segment->path;
            finding.locator.start = first;
            finding.locator.end = last;
            finding.replacement = preview(finding, false);
            out.push_back(std::move(finding));
        }
    }

private:
    struct Piece {
        const Segment* segment;
        std::int64_t start;
        std::int64_t length;
    };
    const TextSource& m_source;
    std::vector<Piece> m_pieces;
    std::string m_text;
    std::int64_t m_length = 0;
};

/// HL7 v2 or FHIR: names come in parts.
bool isMessage(const TextSource& source) {
    using intake::text::Escaping;
    return !source.segments().empty() && std::ranges::any_of(source.segments(), [](const Segment& segment) {
        return segment.escaping == Escaping::Hl7 || segment.escaping == Escaping::Json;
    });
}

void addStructured(const TextSource& source, const Segment& segment, const RoleMeaning& meaning,
                   const Context& context, Detection& out) {
    const std::string content = source.content(segment);
    if (content.find_first_not_of(" \t\r\n") == std::string::npos) {
        return;
    }
    model::Finding finding;
    finding.text = shortened(content);
    grade(finding, meaning.label, meaning.rule, context);
    if (intake::text::labelOfRole(segment.role) == "OTHER") {
        finding.label = segment.role;
    }
    finding.locator.kind = Kind::Text;
    finding.locator.path = segment.path;
    finding.locator.start = segment.start;
    finding.locator.end = segment.end;
    finding.detector = "structure";
    finding.confidence = 1.0;
    finding.replacement = preview(finding, true);
    out.findings.push_back(std::move(finding));
    const bool part = segment.escaping == intake::text::Escaping::JsonValue ||
                      (isMessage(source) && isNamePart(segment.role));
    if (!meaning.known.empty() && !part) {
        out.known.push_back(
            {{}, std::string(meaning.known), content, {}, model::toText(out.findings.back().locator)});
    }
}

// "tel:+81-3-...", "mailto:...": what is meant stands behind the scheme.
std::string withoutScheme(std::string value) {
    const std::size_t colon = value.find(':');
    const bool scheme = colon != std::string::npos && colon < 8 && value.find("//") == std::string::npos;
    return scheme ? value.substr(colon + 1) : value;
}

base::Expected<void> readXml(const model::Source& from, const text::TextDetector& detector,
                             const Context& context, Detection& out) {
    auto source = open(from);
    if (!source) {
        return tl::unexpected(source.error());
    }
    Reading reading(*source);
    std::int64_t binaries = 0;
    for (const Segment& segment : source->segments()) {
        if (segment.role == "structure") {
            continue;
        }
        if (segment.role == "binary") {
            ++binaries;
            continue;
        }
        if (const auto meaning = meaningOf(segment.role, segment.path)) {
            addStructured(*source, segment, *meaning, context, out);
        } else {
            reading.add(segment);
        }
    }
    if (isMessage(*source)) {
        std::ranges::move(structuredNames(*source), std::back_inserter(out.known));
    }
    for (model::KnownIdentifier& identifier : out.known) {
        identifier.value = identifier.kind == "phone" || identifier.kind == "other"
                               ? withoutScheme(identifier.value)
                               : identifier.value;
    }
    std::vector<model::KnownIdentifier> known(context.known.begin(), context.known.end());
    known.insert(known.end(), out.known.begin(), out.known.end());
    for (const text::Span& span : detector.detect(reading.text(), known)) {
        reading.place(span, context, out.findings);
    }
    if (binaries > 0) {
        out.unexamined.push_back(
            {base::ErrorCode::UnsupportedFormat, {"base64", std::to_string(binaries)}, "detect.xml"});
    }
    return {};
}

base::Expected<void> readText(const model::Source& from, const text::TextDetector& detector,
                              const Context& context, Detection& out) {
    auto source = open(from);
    if (!source) {
        return tl::unexpected(source.error());
    }
    Reading reading(*source);
    for (const Segment& segment : source->segments()) {
        reading.add(segment);
    }
    const std::size_t before = out.findings.size();
    const auto spans = detector.detect(reading.text(), context.known);
    for (const text::Span& span : spans) {
        const std::size_t first = out.findings.size();
        reading.place(span, context, out.findings);
        if (out.findings.size() == first + 1) {
            learn(span, out.findings.back().text, out);
        }
    }
    std::stable_sort(
        out.findings.begin() + static_cast<std::ptrdiff_t>(before), out.findings.end(),
        [](const model::Finding& a, const model::Finding& b) { return a.locator.start < b.locator.start; });
    return {};
}

using Reader = base::Expected<void> (*)(const model::Source&, const text::TextDetector&, const Context&,
                                        Detection&);

base::Expected<Detection> readAll(std::span<const model::Source> sources, const Context& context,
                                  Reader read) {
    const auto detector = text::TextDetector::shared();
    if (!detector) {
        return tl::unexpected(detector.error());
    }
    Detection out;
    for (const model::Source& source : sources) {
        if (context.stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "detect.document");
        }
        if (auto done = read(source, **detector, context, out); !done) {
            if (sources.size() == 1) {
                return tl::unexpected(done.error());
            }
            out.unexamined.push_back(done.error());
        }
    }
    for (model::Finding& finding : fileNameFindings(sources, context)) {
        out.findings.push_back(std::move(finding));
    }
    keepDistinct(out.known);
    return out;
}

} // namespace

base::Expected<Detection> detectText(const model::Asset& asset, std::span<const model::Source> sources,
                                     const Context& context) {
    auto out = readAll(sources, context, readText);
    // What an unknown person's document teaches would be looked for in everybody's.
    if (out && !asset.subject.valid()) {
        out->known.clear();
    }
    return out;
}

base::Expected<Detection> detectXml(const model::Asset& asset, std::span<const model::Source> sources,
                                    const Context& context) {
    auto out = readAll(sources, context, readXml);
    if (out && !asset.subject.valid()) {
        std::erase_if(out->known, [](const model::KnownIdentifier& k) {
            return k.kind != "clinician" && k.kind != "facility";
        });
    }
    return out;
}

} // namespace kamei::detect
