#include "core/detect/GenomeDetector.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/detect/FileNames.h"
#include "core/detect/Findings.h"
#include "core/detect/StructuredRoles.h"
#include "core/detect/japanese/Normalise.h"
#include "core/detect/known/Matcher.h"
#include "core/intake/Format.h"
#include "core/intake/encoding/Unicode.h"
#include "core/intake/genome/Variants.h"
#include "core/intake/table/Table.h"

namespace kamei::detect {
namespace {

using intake::genome::Variants;
using intake::text::Segment;
using intake::text::TextSource;
using model::Action;
using Kind = model::Locator::Kind;

constexpr std::size_t kShortestKnown = 4;

bool isAscii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Names of columns and keys in a record read like names of columns of a table.
class RoleOfKey {
public:
    const std::optional<RoleMeaning>& operator()(std::string_view key) {
        const auto found = m_seen.find(key);
        if (found != m_seen.end()) {
            return found->second;
        }
        // ID, DP, AC and the like are keys of the specification (VCF 4.3, tables 1 and 2).
        const bool shortWord = key.size() <= 3;
        auto meaning = shortWord ? std::nullopt : meaningOf(intake::table::columnRole(key, {}), {});
        return m_seen.emplace(std::string(key), std::move(meaning)).first->second;
    }

private:
    std::map<std::string, std::optional<RoleMeaning>, std::less<>> m_seen;
};

class VariantReader {
public:
    VariantReader(const Variants& variants, const Context& context, bool onePerson, Detection& out)
        : m_text(variants.text), m_context(context), m_onePerson(onePerson), m_out(out) {}

    base::Expected<void> read() {
        for (const Segment& part : m_text.segments()) {
            if (m_context.stop.stop_requested()) {
                return base::fail(base::ErrorCode::Cancelled, "detect.variants");
            }
            header(part);
        }
        m_known.assign(m_context.known.begin(), m_context.known.end());
        m_known.insert(m_known.end(), m_samples.begin(), m_samples.end());
        const known::Matcher matcher(m_known);
        const auto detector = text::TextDetector::shared();
        if (!detector) {
            return tl::unexpected(detector.error());
        }
        for (const Segment& part : m_text.segments()) {
            if (m_context.stop.stop_requested()) {
                return base::fail(base::ErrorCode::Cancelled, "detect.variants");
            }
            if (part.role == "text" || part.role == "structure" || part.role == "record") {
                content(part, matcher, **detector);
            }
        }
        return {};
    }

private:
    model::Finding& add(const Segment& part, std::int64_t start, std::int64_t end) {
        model::Finding finding;
        finding.locator.kind = Kind::Text;
        finding.locator.path = part.path;
        finding.locator.start = start;
        finding.locator.end = end;
        finding.text = shortened(m_text.slice(start, end));
        finding.detector = "structure";
        m_out.findings.push_back(std::move(finding));
        return m_out.findings.back();
    }

    void header(const Segment& part) {
        const bool known =
            part.role == "patient.id" || part.role == "document.date" || part.role.starts_with("vcf.");
        if (!known) {
            return;
        }
        model::Finding& finding = add(part, part.start, part.end);
        if (part.role == "patient.id") {
            sample(part, finding);
        } else if (part.role == "document.date") {
            grade(finding, text::Label::Date, {"physiology.examination-date", {}, {}, Action::Shift},
                  m_context);
        } else if (part.role == "vcf.software") {
            // A program's name and version; with a path, blanks or arguments it may say more.
            const bool plainName =
                finding.text.find_first_of("/\\ \t=@") == std::string::npos && isAscii(finding.text);
            finding.label = "EXAM_ID";
            gradeByRule(finding, "physiology.device-id", plainName ? Action::Keep : Action::Delete,
                        m_context);
        } else {
            finding.label = "COMMENT";
            gradeByRule(finding, "physiology.facility-id", Action::Delete, m_context);
        }
    }

    void sample(const Segment& part, model::Finding& finding) {
        grade(finding, text::Label::ChartNo, {"physiology.chart-number", {}, {}, Action::Replace}, m_context);
        const std::string name = m_text.slice(part.start, part.end);
        if (name.size() < kShortestKnown) {
            return;
        }
        m_samples.push_back({{}, "patient-id", name, {}, {}});
        if (m_onePerson) {
            m_out.known.push_back({{}, "patient-id", name, {}, model::toText(finding.locator)});
        }
    }

    void content(const Segment& part, const known::Matcher& matcher, const text::TextDetector& detector) {
        const std::string text = m_text.slice(part.start, part.end);
        if (part.role != "structure" && !isAscii(text)) {
            // Words of people: read like any text, column by column, since nothing runs across a tab.
            std::int64_t start = part.start;
            std::string_view rest = text;
            for (std::ptrdiff_t column = 0; !rest.empty() || column == 0; ++column) {
                const std::string_view value = rest.substr(0, rest.find('\t'));
                if (part.role != "record" || !isFixed(column)) {
                    words(part, start, value, detector);
                }
                start += intake::encoding::countCodePoints(value) + 1;
                rest.remove_prefix(std::min(value.size() + 1, rest.size()));
            }
        } else if (!matcher.empty()) {
            for (const known::KnownSpan& hit : known::searchKnown(text, matcher)) {
                if (part.role == "record" && isFixed(columnOf(part, hit.start))) {
                    continue;
                }
                const std::string& kind = m_known[hit.identifier].kind;
                model::Finding& finding = add(part, part.start + hit.start, part.start + hit.end);
                const text::Label label = text::labelOfKnown(kind);
                grade(finding, label, text::ruleFor(label), m_context);
                finding.detector = "known:" + kind;
                finding.origin = model::Origin::Known;
            }
        }
        if (part.role == "record" && isAscii(text)) {
            fields(part, text);
        }
    }

    void words(const Segment& part, std::int64_t start, std::string_view value,
               const text::TextDetector& detector) {
        for (const text::Span& span : detector.detect(value, m_known)) {
            model::Finding& finding = add(part, start + span.start, start + span.end);
            const model::Locator place = finding.locator;
            finding = findingOf(span, finding.text, m_context);
            finding.locator = place;
        }
    }

    std::ptrdiff_t columnOf(const Segment& part, std::int64_t at) const {
        return std::ranges::count(m_text.slice(part.start, part.start + at), '\t');
    }

    /// Chromosome, position, bases and quality: a number there is no number of a person, and must stay.
    static bool isFixed(std::ptrdiff_t column) { return column < 6 && column != 2; }

    void marked(const Segment& part, std::size_t begin, std::size_t end, const RoleMeaning& meaning) {
        if (begin >= end) {
            return;
        }
        model::Finding& finding = add(part, part.start + static_cast<std::int64_t>(begin),
                                      part.start + static_cast<std::int64_t>(end));
        if (finding.text == ".") {
            m_out.findings.pop_back();
            return;
        }
        grade(finding, meaning.label, meaning.rule, m_context);
        finding.detector = "column-role";
    }

    /// INFO keys and FORMAT keys that say what they hold (PATIENT_NAME=...). ASCII only: bytes are code
    /// points.
    void fields(const Segment& part, std::string_view line) {
        constexpr std::size_t kInfo = 7;
        constexpr std::size_t kFormat = 8;
        std::size_t at = 0;
        std::vector<std::pair<std::size_t, const std::optional<RoleMeaning>*>> perSample;
        for (std::size_t column = 0; at <= line.size(); ++column) {
            const std::size_t end = std::min(line.find('\t', at), line.size());
            if (column == kInfo) {
                for (std::size_t from = at; from < end;) {
                    const std::size_t to = std::min(line.find(';', from), end);
                    const std::size_t equals = std::min(line.find('=', from), to);
                    if (const auto& meaning = m_roleOf(line.substr(from, equals - from)); meaning) {
                        marked(part, std::min(equals + 1, to), to, *meaning);
                    }
                    from = to + 1;
                }
            } else if (column >= kFormat) {
                std::size_t place = 0;
                for (std::size_t from = at; from <= end; ++place) {
                    const std::size_t to = std::min(line.find(':', from), end);
                    if (column == kFormat) {
                        if (const auto& meaning = m_roleOf(line.substr(from, to - from)); meaning) {
                            perSample.emplace_back(place, &meaning);
                        }
                    } else {
                        for (const auto& [wanted, meaning] : perSample) {
                            if (wanted == place) {
                                marked(part, from, to, **meaning);
                            }
                        }
                    }
                    from = to + 1;
                }
                if (column == kFormat && perSample.empty()) {
                    return;
                }
            }
            at = end + 1;
        }
    }

    const TextSource& m_text;
    const Context& m_context;
    bool m_onePerson;
    Detection& m_out;
    std::vector<model::KnownIdentifier> m_samples;
    std::vector<model::KnownIdentifier> m_known;
    RoleOfKey m_roleOf;
};

void addFileNames(std::span<const model::Source> sources, const Context& context, Detection& out) {
    for (model::Finding& finding : fileNameFindings(sources, context)) {
        out.findings.push_back(std::move(finding));
    }
}

} // namespace

model::Finding genotypeFinding(const genome::Judgement& judgement, const Context& context) {
    const bool class1 = judgement.verdict != genome::Verdict::Other;
    model::Finding finding;
    finding.locator.kind = Kind::Asset;
    finding.label = "GENOTYPE";
    finding.text = genome::summary(judgement);
    finding.detail = genome::toJson(judgement);
    finding.detector = "genome.judge";
    finding.confidence = judgement.verdict == genome::Verdict::Unclear ? 0.5 : 1.0;
    gradeByRule(finding, class1 ? "genetic.class1" : "genetic.other", class1 ? Action::Delete : Action::Keep,
                context);
    return finding;
}

base::Expected<Detection> detectVariants(const model::Asset& asset, std::span<const model::Source> sources,
                                         const Context& context) {
    Detection out;
    for (const model::Source& source : sources) {
        auto content = intake::readContent(source);
        if (!content) {
            return tl::unexpected(content.error());
        }
        auto variants = intake::genome::open(std::move(*content));
        if (!variants) {
            return tl::unexpected(variants.error());
        }
        const genome::Judgement judgement = genome::judge(variants->text.text(), variants->whole);
        out.findings.push_back(genotypeFinding(judgement, context));
        if (!variants->whole) {
            continue; // only deletion is possible: intake::genome::rewrite refuses
        }
        if (auto done = VariantReader(*variants, context, asset.subject.valid(), out).read(); !done) {
            return tl::unexpected(done.error());
        }
    }
    addFileNames(sources, context, out);
    return out;
}

base::Expected<Detection> detectSequences(const model::Asset&, std::span<const model::Source> sources,
                                          const Context& context) {
    Detection out;
    out.findings.push_back(genotypeFinding(genome::sequenceData(), context));
    out.findings.back().instances = static_cast<std::int64_t>(sources.size());
    addFileNames(sources, context, out);
    return out;
}

} // namespace kamei::detect
