#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/demo/DicomWriter.h"
#include "core/demo/People.h"

namespace kamei::demo {

/// UID of a study, series or instance of one person; series and instance 0: none.
[[nodiscard]] std::string uid(const Person& person, int study, int series = 0, int instance = 0);
/// A decimal string (VR DS) with four places.
[[nodiscard]] std::string decimal(double value);
/// What all objects of a person share. `planted` receives every identifier with its place.
void describe(DicomWriter& out, const Person& person, const std::string& accession, const std::string& file,
              std::vector<Planted>& planted);
/// Class and numbers of one instance of the first series of a study.
void describeSeries(DicomWriter& out, const Person& person, int study, int instance,
                    const std::string& sopClass, std::vector<Planted>* planted, const std::string& file);
/// Layout of grey pixels.
void describePixels(DicomWriter& out, std::uint16_t rows, std::uint16_t columns, std::uint16_t bits,
                    bool isSigned);

} // namespace kamei::demo
