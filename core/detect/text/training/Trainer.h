#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "core/detect/text/tagger/SequenceModel.h"
#include "core/detect/text/training/Corpus.h"

namespace kamei::detect::text::training {

/// Trains an averaged perceptron with a margin (Collins 2002; cost-augmented decoding as in structured
/// support vector machines) on the documents for which `use` says yes. Integers and one fixed order: the same
/// documents give the same model, bit for bit. The model is the mean of `courses` (1 or more), each of which
/// sees the lines in orders of its own.
[[nodiscard]] SequenceModel train(const std::vector<Document>& documents,
                                  const std::function<bool(const Document&)>& use,
                                  std::vector<SequenceModel::Grade> grades, int courses);

/// Trains with a part left out and tags that part, for each part in turn: how often a span of a margin was
/// right (its words all within the annotation's) where no rule found anything.
[[nodiscard]] std::vector<SequenceModel::Grade> gradeByFolds(const std::vector<Document>& documents,
                                                             std::size_t folds);

/// The part that a document belongs to; variants of one document are in one part.
[[nodiscard]] std::size_t foldOf(const Document& document, std::size_t folds);

} // namespace kamei::detect::text::training
