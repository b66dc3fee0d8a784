#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/detect/japanese/Normalise.h"
#include "core/model/Subject.h"

namespace kamei::detect::known {

/// How much of an identifier was found.
enum class Part { Whole, Surname, Given };

/// A place where a known identifier stands: range of the normalised text, end exclusive.
struct Hit {
    std::size_t start = 0;
    std::size_t end = 0;
    std::size_t identifier = 0; ///< index in the list the matcher was made from
    Part part = Part::Whole;
};

/// The identifiers of one subject, compiled once and searched in any number of texts. Kanji variants,
/// kana, width, case and separators inside the identifier make no difference. Thread-safe.
class Matcher {
public:
    explicit Matcher(std::span<const model::KnownIdentifier> known);
    ~Matcher();
    Matcher(Matcher&&) noexcept;
    Matcher& operator=(Matcher&&) noexcept;

    [[nodiscard]] bool empty() const;
    /// Longest hits, not overlapping, in order; parts (surname or given name alone) included, which
    /// mean the person only where the surroundings say so.
    [[nodiscard]] std::vector<Hit> search(const japanese::Normalised& text) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// A hit in code points of a text as given.
struct KnownSpan {
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::size_t identifier = 0;
};
/// Whole identifiers in a text: for attribute values, paths and file names.
[[nodiscard]] std::vector<KnownSpan> searchKnown(std::string_view utf8, const Matcher& matcher);
[[nodiscard]] std::vector<KnownSpan> searchKnown(std::string_view utf8,
                                                 std::span<const model::KnownIdentifier> known);

} // namespace kamei::detect::known
