#include "core/release/Sentences.h"

#include "core/base/Resources.h"

namespace kamei::release {

base::Expected<Sentences> Sentences::load() {
    const auto text = base::readResource("guideline/notices/sentences.tsv");
    if (!text) {
        return tl::unexpected(text.error());
    }
    return parse(*text);
}

base::Expected<Sentences> Sentences::parse(std::string_view tsv) {
    Sentences out;
    while (!tsv.empty()) {
        const std::size_t end = tsv.find('\n');
        const std::string_view line = tsv.substr(0, end);
        tsv.remove_prefix(end == std::string_view::npos ? tsv.size() : end + 1);
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const std::size_t first = line.find('\t');
        const std::size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
        if (second == std::string_view::npos || line.find('\t', second + 1) != std::string_view::npos) {
            return base::fail(base::ErrorCode::Malformed, "release.sentences");
        }
        const Pair pair{std::string(line.substr(first + 1, second - first - 1)),
                        std::string(line.substr(second + 1))};
        if (pair.ja.empty() || pair.en.empty() || !out.m_pairs.emplace(line.substr(0, first), pair).second) {
            return base::fail(base::ErrorCode::Malformed, "release.sentences");
        }
    }
    return out;
}

std::string Sentences::operator()(std::string_view key, Language language) const {
    const auto it = m_pairs.find(std::string(key));
    if (it == m_pairs.end()) {
        return std::string(key);
    }
    return language == Language::Japanese ? it->second.ja : it->second.en;
}

} // namespace kamei::release
