#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/detect/text/page/Page.h"
#include "core/detect/text/tagger/SequenceModel.h"

namespace kamei::detect::text::tagger {

using namespace page;

/// A word as the tagger sees it: MeCab's words, cut where a cue or a candidate of the rules begins or ends.
/// What stands in it is in hashes, of which features are made.
struct TagWord {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::uint32_t surface = 0; ///< the word, its digits made alike
    std::uint32_t shape = 0;   ///< part of speech, kinds of letters, length, lists of names and places
    std::uint32_t cue = 0;     ///< what the word list says, 0 for nothing
    std::uint32_t rule = 0;    ///< the candidate of the rules over the word, 0 for none
    std::uint32_t tail = 0;    ///< its last letter
    std::uint32_t head = 0;    ///< its first letter
    std::uint32_t field = 0;   ///< the cue that leads the line up to here
    bool blankBefore = false;
};

/// The words of one line (or a part of a very long one).
using TagLine = std::vector<TagWord>;
/// `chosen`: what the rules found, without overlaps, in order (resolve()).
[[nodiscard]] std::vector<TagLine> tagLines(const Page& page, const std::vector<Candidate>& chosen);

/// The features of a word that its neighbour at `offset` (-2..2) gives alone, and those that several give
/// together.
void wordFeatures(const TagWord& word, int offset, std::vector<std::uint32_t>& out);
void jointFeatures(const TagLine& line, std::size_t i, std::vector<std::uint32_t>& out);

/// By how much "outside" is put back when spans are proposed: one that is missed harms more than one that
/// somebody looks at in vain. How sure a span is was measured with it (Trainer, gradeByFolds).
inline constexpr std::int32_t kEagerness = 600;

/// The best states of a line with "outside" put back by `eagerness`, null where all of it is plainly outside;
/// valid until the thread reads the next.
[[nodiscard]] const Decoded* readLine(const TagLine& line, const SequenceModel& model,
                                      std::int32_t eagerness);

/// Spans of the model: candidates with source "model.…" where no rule found anything, and longer ones over
/// weak candidates of the rules.
void findByModel(Page& page, const SequenceModel& model);

} // namespace kamei::detect::text::tagger
