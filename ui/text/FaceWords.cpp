#include "ui/text/FaceWords.h"

#include <QCoreApplication>
#include <array>

#include "ui/text/Sentences.h"
#include "ui/text/Words.h"

namespace kamei::ui::text {
namespace {

struct Names {
    Q_DECLARE_TR_FUNCTIONS(Face)
};

} // namespace

QString facePartName(const QString& part) {
    static constexpr std::array<std::pair<const char*, const char*>, 6> kParts{{
        {"forehead", QT_TRANSLATE_NOOP("Face", "forehead")},
        {"eyes", QT_TRANSLATE_NOOP("Face", "eyes")},
        {"nose", QT_TRANSLATE_NOOP("Face", "nose")},
        {"mouth", QT_TRANSLATE_NOOP("Face", "mouth")},
        {"chin", QT_TRANSLATE_NOOP("Face", "chin")},
        {"ears", QT_TRANSLATE_NOOP("Face", "ears")},
    }};
    for (const auto& [word, name] : kParts) {
        if (part == QLatin1String(word)) {
            return Names::tr(name);
        }
    }
    return part;
}

QString volumeNoteName(const QString& word) {
    static constexpr std::array<std::pair<const char*, const char*>, 25> kNotes{{
        {"no-tissue", QT_TRANSLATE_NOOP("Face", "No tissue stands out from the background.")},
        {"no-air", QT_TRANSLATE_NOOP("Face", "The field of view lies inside the body: no skin is imaged.")},
        {"too-small", QT_TRANSLATE_NOOP("Face", "What is imaged is too small for a head.")},
        {"forehead-outside",
         QT_TRANSLATE_NOOP("Face", "The forehead does not lie wholly in the field of view.")},
        {"eyes-outside", QT_TRANSLATE_NOOP("Face", "The eyes do not lie wholly in the field of view.")},
        {"nose-outside", QT_TRANSLATE_NOOP("Face", "The nose does not lie wholly in the field of view.")},
        {"mouth-outside", QT_TRANSLATE_NOOP("Face", "The mouth does not lie wholly in the field of view.")},
        {"chin-outside", QT_TRANSLATE_NOOP("Face", "The chin does not lie wholly in the field of view.")},
        {"face-outside", QT_TRANSLATE_NOOP("Face", "Nothing of the face's skin was imaged.")},
        {"turned",
         QT_TRANSLATE_NOOP("Face", "The face is not where the header says; the views were turned.")},
        {"rough", QT_TRANSLATE_NOOP("Face", "The slices are too thick to show a face well.")},
        {"no-model", QT_TRANSLATE_NOOP("Face", "The model of faces is missing: nothing was detected.")},
        {"head", QT_TRANSLATE_NOOP("Face", "No head was found in the volume.")},
        {"brain-near", QT_TRANSLATE_NOOP("Face", "Near the brain less was taken: the margin keeps it.")},
        {"face-not-seen",
         QT_TRANSLATE_NOOP("Face", "No face was seen: the mask lies where the header says that it is.")},
        {"face-may-be-left",
         QT_TRANSLATE_NOOP(
             "Face",
             "After this removal something like a face may still be seen: look at it, edit the region.")},
        {"seen-before-and-gone",
         QT_TRANSLATE_NOOP("Face", "The face that was seen before is no longer where it was.")},
        {"not-staged", QT_TRANSLATE_NOOP("Face", "Not processed yet.")},
        {"slices-missing",
         QT_TRANSLATE_NOOP("Face", "Slices are missing; they were filled from their neighbours.")},
        {"slices-doubled", QT_TRANSLATE_NOOP("Face", "Slices come twice; one of each was taken.")},
        {"spacing-uneven", QT_TRANSLATE_NOOP("Face", "The slices are unevenly spaced.")},
        {"tilted", QT_TRANSLATE_NOOP("Face", "The gantry was tilted.")},
        {"one-slice", QT_TRANSLATE_NOOP("Face", "There is only one slice: no surface.")},
        {"position-missing", QT_TRANSLATE_NOOP("Face", "The slices do not say where they lie: no surface.")},
        {"positions-not-in-a-row", QT_TRANSLATE_NOOP("Face", "The slices do not lie in a row: no surface.")},
    }};
    for (const auto& [known, sentence] : kNotes) {
        if (word == QLatin1String(known)) {
            return Names::tr(sentence);
        }
    }
    return word;
}

QString volumeReason(const base::Error& error) {
    for (const std::string& word : error.args) {
        const QString known = fromUtf8(word);
        if (const QString sentence = volumeNoteName(known); sentence != known) {
            return sentence;
        }
    }
    return reason(error);
}

} // namespace kamei::ui::text
