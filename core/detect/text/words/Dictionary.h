#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/base/FileIo.h"

namespace kamei::detect::text::words {

/// A word of a dictionary as MeCab's compiler writes it.
struct DictionaryWord {
    std::uint16_t left = 0;  ///< how it connects to the word before it
    std::uint16_t right = 0; ///< the same to the word behind it
    std::uint16_t pos = 0;   ///< number of pos-id.def
    std::int16_t cost = 0;
    std::uint32_t feature = 0;
    std::uint32_t compound = 0;
};

/// What char.def says of a character: its categories, and how words that stand in no dictionary are made of
/// such characters. The bits are those of MeCab's CharInfo.
class CharacterKind {
public:
    explicit CharacterKind(std::uint32_t bits = 0) : m_bits(bits) {}
    /// Whether both share a category.
    [[nodiscard]] bool isLike(CharacterKind other) const { return (m_bits & other.m_bits & 0x3FFFFU) != 0; }
    [[nodiscard]] std::size_t category() const { return m_bits >> 18U & 0xFFU; }
    /// Up to how many characters make a word.
    [[nodiscard]] std::size_t longest() const { return m_bits >> 26U & 0xFU; }
    /// Whether a run of like characters makes one.
    [[nodiscard]] bool groups() const { return (m_bits >> 30U & 1U) != 0; }
    /// Whether such words are tried beside those of the dictionary too.
    [[nodiscard]] bool always() const { return m_bits >> 31U != 0; }

private:
    std::uint32_t m_bits;
};

/// A dictionary that MeCab 0.996 compiled for UTF-8 (sys.dic, unk.dic, char.bin, matrix.bin). Constant and
/// thread-safe; its files stay mapped.
class Dictionary {
public:
    /// Errors of the files; Malformed for what is no such dictionary.
    [[nodiscard]] static base::Expected<Dictionary> load(const std::filesystem::path& folder);

    /// Where a search stands for the words that begin with the bytes seen so far.
    using State = std::int32_t;
    static constexpr State kNone = -1;
    /// Behind one whole character; kNone where no word begins with it.
    [[nodiscard]] State behind(char32_t c) const { return c < m_behind.size() ? m_behind[c] : lookBehind(c); }
    [[nodiscard]] State next(State state, unsigned char byte) const { return m_words.next(state, byte); }
    /// The words that end here.
    [[nodiscard]] std::span<const DictionaryWord> words(State state) const { return m_words.at(state); }
    /// Asks memory for what words() and next() will read.
    void expect(State state, unsigned char byte) const {
        __builtin_prefetch(m_words.units.data() + state);
        __builtin_prefetch(m_words.units.data() + state + byte + 1);
    }

    /// What an unknown word of a category may be.
    [[nodiscard]] std::span<const DictionaryWord> unknown(std::size_t category) const {
        return m_unknown[category];
    }
    [[nodiscard]] CharacterKind kindOf(char32_t c) const {
        return CharacterKind(c < m_kinds.size() ? m_kinds[c] : c < 0x10000 ? 0 : m_kinds[0]);
    }
    /// What it costs that a word stands behind another, by the right number of that one.
    [[nodiscard]] const std::int16_t* costsBehind(std::uint16_t left) const {
        return m_costs.data() + m_rights * left;
    }

private:
    struct Unit {
        std::int32_t base = 0;
        std::uint32_t check = 0;
    };
    /// sys.dic or unk.dic: words in order, and a double array over the bytes of their spelling.
    struct Words {
        std::span<const Unit> units;
        std::span<const DictionaryWord> all;

        [[nodiscard]] State next(State state, unsigned char byte) const {
            const std::size_t at = static_cast<std::size_t>(state) + byte + 1;
            return at < units.size() && units[at].check == static_cast<std::uint32_t>(state) ? units[at].base
                                                                                             : kNone;
        }
        [[nodiscard]] std::span<const DictionaryWord> at(State state) const {
            const auto place = static_cast<std::size_t>(state);
            if (place >= units.size() || units[place].check != static_cast<std::uint32_t>(state) ||
                units[place].base >= 0) {
                return {};
            }
            const auto found = static_cast<std::uint32_t>(-(units[place].base + 1));
            const std::size_t first = found >> 8U;
            const std::size_t count = found & 0xFFU;
            return first + count <= all.size() ? all.subspan(first, count)
                                               : std::span<const DictionaryWord>{};
        }
        /// Behind several bytes from the beginning; kNone where no word begins with them.
        [[nodiscard]] State behind(std::string_view bytes) const;
    };

    [[nodiscard]] State lookBehind(char32_t c) const;
    base::Expected<std::span<const std::byte>> map(const std::filesystem::path& file);
    base::Expected<Words> readWords(const std::filesystem::path& file);

    std::vector<base::MappedFile> m_files;
    Words m_words;
    std::span<const std::uint32_t> m_kinds;
    std::span<const std::int16_t> m_costs;
    std::size_t m_rights = 0;
    std::size_t m_lefts = 0;
    std::array<std::span<const DictionaryWord>, 256> m_unknown;
    /// behind() of the characters below U+10000: a look at one place instead of three, one after another.
    std::vector<State> m_behind;
};

} // namespace kamei::detect::text::words
