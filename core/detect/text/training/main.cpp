#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

#include "core/detect/text/training/Trainer.h"

using namespace kamei::detect::text;
using tagger::SequenceModel;

/// kamei-train-text [--fold K/N] MODEL DOCUMENTS.jsonl...
/// Without --fold: the model of all documents, its confidence by five-fold training. With it: the model of
/// the documents that are not in part K of N, to be measured on that part.
int main(int count, char** arguments) {
    std::size_t fold = 0;
    std::size_t folds = 0;
    int first = 1;
    if (count > 3 && std::strcmp(arguments[1], "--fold") == 0) {
        if (std::sscanf(arguments[2], "%zu/%zu", &fold, &folds) != 2 || fold >= folds) {
            std::fputs("--fold K/N: K from 0 to N-1\n", stderr);
            return 2;
        }
        first = 3;
    }
    if (count < first + 2) {
        std::fputs("usage: kamei-train-text [--fold K/N] MODEL DOCUMENTS.jsonl...\n", stderr);
        return 2;
    }
    const auto documents = training::readCorpus({arguments + first + 1, arguments + count});
    if (!documents) {
        std::fputs("the documents, the word lists or the dictionary cannot be read\n", stderr);
        return 1;
    }
    const auto use = [&](const training::Document& d) {
        return folds == 0 || training::foldOf(d, folds) != fold;
    };
    std::vector<training::Document> used;
    std::copy_if(documents->begin(), documents->end(), std::back_inserter(used), use);
    const std::vector<SequenceModel::Grade> grades = training::gradeByFolds(used, 5);
    for (const SequenceModel::Grade& grade : grades) {
        std::printf("margin %d: %d of 1000\n", grade.margin, grade.perMille);
    }
    constexpr int kCourses = 3;
    const SequenceModel model = training::train(
        used, [](const training::Document&) { return true; }, grades, kCourses);
    std::ofstream out(arguments[first], std::ios::binary);
    out << model.save();
    out.close();
    std::printf("%zu documents, %zu features\n", used.size(), model.features());
    return out.good() ? 0 : 1;
}
