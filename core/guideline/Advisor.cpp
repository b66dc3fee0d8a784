#include "core/guideline/Advisor.h"

#include <algorithm>
#include <span>

#include "core/base/Resources.h"

namespace kamei::guideline {
namespace {

constexpr std::size_t kColumns = 10;
constexpr std::array<std::string_view, 9> kBases{"consent",           "academic",       "public-health",
                                                 "entrustment",       "joint-personal", "joint-pseudonymised",
                                                 "change-of-purpose", "stage",          "informed-consent"};
constexpr std::array<std::string_view, 6> kVerdicts{"possible", "difficult", "recommended",
                                                    "required", "forbidden", "note"};

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> out;
    for (std::size_t start = 0;;) {
        const std::size_t end = text.find(at, start);
        out.emplace_back(text.substr(start, end - start));
        if (end == std::string_view::npos) {
            return out;
        }
        start = end + 1;
    }
}

std::array<std::span<const std::string_view>, 4> vocabularies() {
    return {kProviders, kStages, kAims, kRecipients};
}

bool isOneOf(std::span<const std::string_view> words, const std::string& word) {
    return std::ranges::find(words, word) != words.end();
}

} // namespace

base::Expected<Advisor> Advisor::load() {
    const auto text = base::readResource("guideline/advice.tsv");
    return text ? parse(*text) : tl::unexpected(text.error());
}

base::Expected<Advisor> Advisor::parse(std::string_view tsv) {
    Advisor out;
    bool header = true;
    int number = 0;
    while (!tsv.empty()) {
        const std::size_t end = tsv.find('\n');
        const std::string_view line = tsv.substr(0, end);
        tsv.remove_prefix(end == std::string_view::npos ? tsv.size() : end + 1);
        ++number;
        if (line.empty() || line.front() == '#') {
            continue;
        }
        if (header) {
            header = false;
            continue;
        }
        const auto malformed =
            base::fail(base::ErrorCode::Malformed, "guideline.advice", {std::to_string(number)});
        const auto cells = split(line, '\t');
        if (cells.size() != kColumns || !isOneOf(kBases, cells[1]) || !isOneOf(kVerdicts, cells[2]) ||
            cells[7].empty() || cells[8].empty() || cells[9].empty()) {
            return malformed;
        }
        Row row{{cells[0], cells[1], cells[2], cells[7], cells[8], cells[9]}, {}};
        for (std::size_t i = 0; i < row.when.size(); ++i) {
            if (cells[3 + i] == "*") {
                continue;
            }
            row.when[i] = split(cells[3 + i], '|');
            for (const std::string& word : row.when[i]) {
                if (!isOneOf(vocabularies()[i], word)) {
                    return malformed;
                }
            }
        }
        out.m_rows.push_back(std::move(row));
    }
    return out;
}

base::Expected<std::vector<Advice>> Advisor::advise(const Situation& situation) const {
    const std::array<const std::string*, 4> given{&situation.provider, &situation.stage, &situation.aim,
                                                  &situation.recipient};
    for (std::size_t i = 0; i < given.size(); ++i) {
        if (!isOneOf(vocabularies()[i], *given[i])) {
            return base::fail(base::ErrorCode::InvalidArgument, "guideline.advice");
        }
    }
    std::vector<Advice> out;
    for (const Row& row : m_rows) {
        bool fits = true;
        for (std::size_t i = 0; i < given.size(); ++i) {
            fits = fits &&
                   (row.when[i].empty() || std::ranges::find(row.when[i], *given[i]) != row.when[i].end());
        }
        if (fits) {
            out.push_back(row.advice);
        }
    }
    return out;
}

} // namespace kamei::guideline
