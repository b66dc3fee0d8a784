#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/Error.h"

namespace kamei::release {

enum class Language { Japanese, English };

/// Sentences of the documents (resources/guideline/notices/sentences.tsv).
class Sentences {
public:
    [[nodiscard]] static base::Expected<Sentences> load();
    [[nodiscard]] static base::Expected<Sentences> parse(std::string_view tsv);

    /// The sentence of a key; the key itself when there is none, so that nothing is silently left out.
    [[nodiscard]] std::string operator()(std::string_view key, Language language) const;
    [[nodiscard]] bool contains(const std::string& key) const { return m_pairs.contains(key); }

private:
    struct Pair {
        std::string ja;
        std::string en;
    };
    std::unordered_map<std::string, Pair> m_pairs;
};

} // namespace kamei::release
