#include "core/detect/text/words/Dictionary.h"

#include <algorithm>
#include <cstring>

#include "core/detect/japanese/Normalise.h"

namespace kamei::detect::text::words {
namespace {

constexpr std::uint32_t kMagic = 0xEF718F77;
constexpr std::uint32_t kVersion = 102;

// A part of a file as a row of values, which are written as they stand in memory; empty where the file is
// shorter.
template <class Value>
std::span<const Value> rowOf(std::span<const std::byte> bytes, std::size_t from, std::size_t count) {
    if (from > bytes.size() || (bytes.size() - from) / sizeof(Value) < count || from % alignof(Value) != 0) {
        return {};
    }
    return {reinterpret_cast<const Value*>(bytes.data() + from), count};
}

auto malformed() {
    return base::fail(base::ErrorCode::Malformed, "detect.text.mecab", {"ipadic"});
}

} // namespace

Dictionary::State Dictionary::Words::behind(std::string_view bytes) const {
    State state = units.empty() ? kNone : units[0].base;
    for (std::size_t i = 0; i < bytes.size() && state >= 0; ++i) {
        state = next(state, static_cast<unsigned char>(bytes[i]));
    }
    return state;
}

Dictionary::State Dictionary::lookBehind(char32_t c) const {
    std::array<char, 4> bytes{};
    return m_words.behind({bytes.data(), japanese::putUtf8(bytes.data(), c)});
}

// The dictionary is a file of the system, as a library is: nobody shortens it while it is mapped.
base::Expected<std::span<const std::byte>> Dictionary::map(const std::filesystem::path& file) {
    auto mapped = base::MappedFile::open(file);
    if (!mapped) {
        return tl::unexpected(mapped.error());
    }
    m_files.push_back(std::move(*mapped));
    return m_files.back().bytes();
}

base::Expected<Dictionary::Words> Dictionary::readWords(const std::filesystem::path& file) {
    const auto bytes = map(file);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    // Magic, version, kind, words, right and left numbers, bytes of units, words and features, 0; charset.
    constexpr std::size_t kNumbers = 10;
    constexpr std::size_t kCharset = kNumbers * sizeof(std::uint32_t);
    constexpr std::size_t kHead = kCharset + 32;
    const auto head = rowOf<std::uint32_t>(*bytes, 0, kNumbers);
    if (bytes->size() < kHead || (head[0] ^ kMagic) != bytes->size() || head[1] != kVersion ||
        std::memcmp(bytes->data() + kCharset, "UTF-8", 6) != 0) {
        return malformed();
    }
    Words out{rowOf<Unit>(*bytes, kHead, head[6] / sizeof(Unit)),
              rowOf<DictionaryWord>(*bytes, kHead + std::size_t{head[6]}, head[7] / sizeof(DictionaryWord))};
    const bool connected = std::all_of(out.all.begin(), out.all.end(), [this](const DictionaryWord& word) {
        return word.right < m_rights && word.left < m_lefts;
    });
    if (out.units.empty() || out.all.empty() || !connected) {
        return malformed();
    }
    return out;
}

base::Expected<Dictionary> Dictionary::load(const std::filesystem::path& folder) {
    Dictionary out;
    const auto costs = out.map(folder / "matrix.bin");
    if (!costs) {
        return tl::unexpected(costs.error());
    }
    if (const auto sizes = rowOf<std::uint16_t>(*costs, 0, 2); !sizes.empty()) {
        out.m_rights = sizes[0];
        out.m_lefts = sizes[1];
        out.m_costs = rowOf<std::int16_t>(*costs, 2 * sizeof(std::uint16_t), out.m_rights * out.m_lefts);
    }
    const auto kinds = out.map(folder / "char.bin");
    if (!kinds) {
        return tl::unexpected(kinds.error());
    }
    // Names of categories, and what is said of all characters but the last below U+10000.
    constexpr std::size_t kNameBytes = 32;
    using Name = std::array<char, kNameBytes>;
    const auto count = rowOf<std::uint32_t>(*kinds, 0, 1);
    const auto names = rowOf<Name>(*kinds, sizeof(std::uint32_t), count.empty() ? 0 : count[0]);
    out.m_kinds = rowOf<std::uint32_t>(*kinds, sizeof(std::uint32_t) + names.size_bytes(), 0xFFFF);
    if (out.m_costs.empty() || names.empty() || names.size() > out.m_unknown.size() || out.m_kinds.empty()) {
        return malformed();
    }
    const auto words = out.readWords(folder / "sys.dic");
    if (!words) {
        return tl::unexpected(words.error());
    }
    const auto unknown = out.readWords(folder / "unk.dic");
    if (!unknown) {
        return tl::unexpected(unknown.error());
    }
    out.m_words = *words;
    for (std::size_t category = 0; category < names.size(); ++category) {
        const auto end = std::find(names[category].begin(), names[category].end(), '\0');
        const std::string_view name(names[category].data(),
                                    static_cast<std::size_t>(end - names[category].begin()));
        const State state = unknown->behind(name);
        out.m_unknown[category] = state < 0 ? std::span<const DictionaryWord>{} : unknown->at(state);
        if (out.m_unknown[category].empty()) {
            return malformed(); // a character of which nothing could be made would end every sentence
        }
    }
    const bool known = std::all_of(out.m_kinds.begin(), out.m_kinds.end(), [&](std::uint32_t bits) {
        return CharacterKind(bits).category() < names.size();
    });
    if (!known) {
        return malformed();
    }
    out.m_behind.reserve(0x10000);
    for (char32_t c = 0; c < 0x10000; ++c) {
        out.m_behind.push_back(out.lookBehind(c));
    }
    return out;
}

} // namespace kamei::detect::text::words
