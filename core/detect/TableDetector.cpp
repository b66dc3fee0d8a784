#include "core/detect/TableDetector.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/detect/FileNames.h"
#include "core/detect/Findings.h"
#include "core/detect/GenomeDetector.h"
#include "core/detect/TableColumns.h"
#include "core/detect/genome/GenotypeTable.h"
#include "core/detect/japanese/Normalise.h"
#include "core/detect/known/Matcher.h"
#include "core/intake/Format.h"

namespace kamei::detect {
namespace {

using intake::text::Segment;
using intake::text::TextSource;
using Kind = model::Locator::Kind;

// Share of a column's cells that must wholly be of one kind for the column to be it.
constexpr double kColumnShare = 0.6;
constexpr std::size_t kFewestCells = 3;

struct CellSpans {
    std::vector<text::Span> spans; ///< code points of the cell's content
    std::int64_t length = 0;
};

class TableReader {
public:
    TableReader(const TextSource& source, const text::TextDetector& detector, const Context& context,
                Detection& out)
        : m_source(source), m_detector(detector), m_context(context),
          m_prepared(detector.prepare(context.known)), m_out(out) {}

    base::Expected<void> run(bool onePerson) {
        const std::vector<TableColumn> columns = columnsOf(m_source);
        for (const TableColumn& column : columns) {
            if (const auto meaning = meaningOf(column.role, {})) {
                addColumn(column, meaning->label, meaning->rule, "column-role", 1.0);
                learn(column, *meaning, onePerson);
            }
        }
        for (const TableColumn& column : columns) {
            if (m_context.stop.stop_requested()) {
                return base::fail(base::ErrorCode::Cancelled, "detect.table");
            }
            if (!meaningOf(column.role, {})) {
                readColumn(column);
            }
        }
        return {};
    }

private:
    void addColumn(const TableColumn& column, text::Label label, const text::LabelRule& rule,
                   std::string_view detector, double confidence) {
        if (column.cells.empty()) {
            return;
        }
        model::Finding finding;
        finding.text = shortened(m_source.content(*column.cells.front()));
        grade(finding, label, rule, m_context);
        std::set<std::string> values;
        bool old = false;
        for (const Segment* cell : column.cells) {
            const std::string value = m_source.content(*cell);
            old = old || (label == text::Label::Age && value.size() <= 4 && std::atoi(value.c_str()) >= 90);
            values.insert(value);
        }
        if (old && finding.suggested == model::Action::Keep) {
            finding.suggested = finding.action = model::Action::TopCode;
        }
        finding.locator.kind = Kind::Column;
        finding.locator.column = column.number;
        finding.locator.path = column.header;
        finding.detector = detector;
        finding.confidence = confidence;
        finding.instances = static_cast<std::int64_t>(column.cells.size());
        finding.distinctValues = static_cast<std::int64_t>(values.size());
        m_out.findings.push_back(std::move(finding));
    }

    // Values of name and number columns are known of their row, and of the whole table when it is about one.
    void learn(const TableColumn& column, const RoleMeaning& meaning, bool onePerson) {
        if (meaning.known.empty() || meaning.known == "other") {
            return;
        }
        const bool staff = meaning.known == "clinician" || meaning.known == "facility";
        std::set<std::string> seen;
        for (const Segment* cell : column.cells) {
            const std::string value = m_source.content(*cell);
            m_byRow[cell->row].push_back({{}, std::string(meaning.known), value, {}, {}});
            if ((onePerson || staff) && value.size() >= 4 && seen.insert(value).second) {
                m_out.known.push_back({{}, std::string(meaning.known), value, {}, {}});
            }
        }
    }

    CellSpans readCell(const Segment& cell) {
        const std::string content = m_source.content(cell);
        CellSpans out;
        if (isPlainValue(content)) {
            return out;
        }
        const auto cached = m_cache.find(content);
        if (cached != m_cache.end()) {
            out = cached->second;
        } else {
            out.spans = m_detector.detectPrepared(content, *m_prepared);
            out.length = static_cast<std::int64_t>(japanese::toCodePoints(content).size());
            if (m_cache.size() < kCacheLimit) {
                m_cache.emplace(content, out);
            }
        }
        addKnownOfRow(cell, content, out);
        return out;
    }

    void addKnownOfRow(const Segment& cell, const std::string& content, CellSpans& out) {
        const auto row = m_byRow.find(cell.row);
        if (row == m_byRow.end()) {
            return;
        }
        if (m_matcherRow != cell.row) {
            m_matcher = std::make_unique<known::Matcher>(row->second);
            m_matcherRow = cell.row;
        }
        for (const known::KnownSpan& hit : known::searchKnown(content, *m_matcher)) {
            // The known city of an address that stands there with its lot: the whole goes.
            if (std::ranges::any_of(out.spans, [&hit](const text::Span& s) {
                    return s.start <= hit.start && s.end >= hit.end && s.end - s.start > hit.end - hit.start;
                })) {
                continue;
            }
            std::erase_if(out.spans,
                          [&hit](const text::Span& s) { return s.start < hit.end && hit.start < s.end; });
            const std::string& kind = row->second[hit.identifier].kind;
            const text::Label label = text::labelOfKnown(kind);
            out.spans.push_back({hit.start, hit.end, label, 0.99, "known." + kind});
        }
        std::sort(out.spans.begin(), out.spans.end(),
                  [](const text::Span& a, const text::Span& b) { return a.start < b.start; });
    }

    void readColumn(const TableColumn& column) {
        std::vector<CellSpans> read;
        std::unordered_map<int, std::size_t> whole;
        read.reserve(column.cells.size());
        for (const Segment* cell : column.cells) {
            read.push_back(readCell(*cell));
            const CellSpans& last = read.back();
            if (last.spans.size() == 1 && last.spans[0].start == 0 && last.spans[0].end == last.length &&
                last.length > 0) {
                ++whole[static_cast<int>(last.spans[0].label)];
            }
        }
        for (const auto& [label, count] : whole) {
            if (column.cells.size() >= kFewestCells &&
                static_cast<double>(count) >= kColumnShare * static_cast<double>(column.cells.size())) {
                const auto value = static_cast<text::Label>(label);
                addColumn(column, value, text::ruleFor(value), "column-values",
                          static_cast<double>(count) / static_cast<double>(column.cells.size()));
                return;
            }
        }
        if (column.header.empty() && numbersPeople(m_source, column)) {
            constexpr double kAsked = 0.4;
            addColumn(column, text::Label::ChartNo, text::ruleFor(text::Label::ChartNo), "column-shape",
                      kAsked);
            return;
        }
        for (std::size_t i = 0; i < read.size(); ++i) {
            for (const text::Span& span : read[i].spans) {
                addCell(*column.cells[i], span, column.header);
            }
        }
    }

    void addCell(const Segment& cell, const text::Span& span, const std::string& header) {
        const std::int64_t first = m_source.toDocument(cell, span.start);
        const std::int64_t last = m_source.toDocument(cell, span.end);
        model::Finding finding = findingOf(span, m_source.slice(first, last), m_context);
        finding.locator.kind = Kind::Cell;
        finding.locator.row = cell.row;
        finding.locator.column = cell.column;
        finding.locator.path = header;
        finding.locator.start = first;
        finding.locator.end = last;
        finding.replacement = preview(finding, false);
        m_out.findings.push_back(std::move(finding));
    }

    static constexpr std::size_t kCacheLimit = 100'000;

    const TextSource& m_source;
    const text::TextDetector& m_detector;
    const Context& m_context;
    std::shared_ptr<const text::PreparedKnown> m_prepared;
    Detection& m_out;
    std::unordered_map<std::int64_t, std::vector<model::KnownIdentifier>> m_byRow;
    std::unordered_map<std::string, CellSpans> m_cache;
    std::unique_ptr<known::Matcher> m_matcher;
    std::int64_t m_matcherRow = -1;
};

} // namespace

base::Expected<Detection> detectTable(const model::Asset& asset, std::span<const model::Source> sources,
                                      const Context& context) {
    const auto detector = text::TextDetector::shared();
    if (!detector) {
        return tl::unexpected(detector.error());
    }
    Detection out;
    for (const model::Source& source : sources) {
        auto content = intake::readContent(source);
        if (!content) {
            return tl::unexpected(content.error());
        }
        auto table = TextSource::read(std::move(*content), source.format);
        if (!table) {
            return tl::unexpected(table.error());
        }
        if (auto done = TableReader(*table, **detector, context, out).run(asset.subject.valid()); !done) {
            return tl::unexpected(done.error());
        }
        if (const auto genotypes = genome::judgeTable(*table)) {
            out.findings.push_back(genotypeFinding(*genotypes, context));
        }
    }
    for (model::Finding& finding : fileNameFindings(sources, context)) {
        out.findings.push_back(std::move(finding));
    }
    return out;
}

} // namespace kamei::detect
