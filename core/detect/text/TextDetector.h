#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/text/page/Label.h"
#include "core/model/Subject.h"

namespace kamei::detect::text {

using page::Label;
using page::labelOfKnown;
using page::labelOfWord;
using page::LabelRule;
using page::labelWord;
using page::ruleFor;

/// A candidate: code points start..end (end exclusive) of the text given to detect().
struct Span {
    std::int64_t start = 0;
    std::int64_t end = 0;
    Label label = Label::OtherName;
    double confidence = 0; ///< 0..1; below 0.5 is shown in second strength
    std::string source;    ///< which rule or model: "rule.phone", "mecab.person", "known.patient-name"
};

/// Known identifiers made ready for searching in many texts. Immutable, thread-safe.
struct PreparedKnown;

/// Finds identifiers in Japanese clinical text (Guideline 5.2). Loading reads gazetteers and MeCab's
/// dictionary once; detect() is const and thread-safe.
class TextDetector {
public:
    ~TextDetector();
    /// The shared instance; the first call loads it. Fails when the dictionary is not installed.
    [[nodiscard]] static base::Expected<std::shared_ptr<const TextDetector>> shared();

    /// Makes identifiers ready once for many calls of detectPrepared().
    [[nodiscard]] std::shared_ptr<const PreparedKnown>
    prepare(std::span<const model::KnownIdentifier> known) const;
    [[nodiscard]] std::vector<Span> detectPrepared(std::string_view utf8, const PreparedKnown& known,
                                                   std::string_view role = {}) const;

    /// Non-overlapping spans in order. `known` is what is known of the subject; `role` is what the
    /// structure says the text is (intake::text::Segment::role), empty for free text.
    [[nodiscard]] std::vector<Span> detect(std::string_view utf8,
                                           std::span<const model::KnownIdentifier> known,
                                           std::string_view role = {}) const;

private:
    TextDetector();
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kamei::detect::text
