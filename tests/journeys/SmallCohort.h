#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace journeys {

/// What is planted in the small cohort and must not come out again.
[[nodiscard]] QStringList plantedIdentifiers();

/// Writes records of one fictional person: a summary (CP932) and a note (UTF-8), a CDA report, a table of
/// laboratory values (CSV), and a DICOM slice.
void writeSmallCohort(const QString& folder);

/// The spellings of a text in the encodings of Japanese records, for a search in bytes.
[[nodiscard]] QList<QByteArray> byteForms(const QString& text);

} // namespace journeys
