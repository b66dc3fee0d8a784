#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"

namespace kamei::detect::text::words {

/// Part of speech as far as the rules need it; from MeCab's IPA dictionary (pos-id.def).
enum class Pos : std::uint8_t {
    Other,
    Noun,
    ActionNoun,
    Adverbial,
    Person,
    Surname,
    Given,
    Place,
    Organisation,
    ProperNoun,
    Number,
    Suffix,
    Counter,
    PersonSuffix,
    PlaceSuffix,
    Prefix,
    Particle,
    Auxiliary,
    Verb,
    Adjective,
    Symbol,
};

/// A word: code points start..end of the text.
struct Morpheme {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    Pos pos = Pos::Other;
    bool unknown = false; ///< not in the dictionary
};

/// The words that MeCab finds with the IPA dictionary (Lattice). Thread-safe.
class Analyser {
public:
    ~Analyser();
    /// Where the dictionary is installed, looked for in $KAMEI_MECAB_DICTIONARY and where Debian, Fedora and
    /// MeCab's own installer put it; empty when it is not.
    [[nodiscard]] static std::string folder();
    /// NotFound when the dictionary is not installed, NotReadable when it is none in UTF-8.
    [[nodiscard]] static base::Expected<std::unique_ptr<const Analyser>> load();
    [[nodiscard]] std::vector<Morpheme> analyse(std::u32string_view text) const;

private:
    Analyser();
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kamei::detect::text::words
