#pragma once

#include <string>
#include <vector>

namespace kamei::test {

/// An EDF+ or BDF+ file of one channel and one annotation channel, with fields to plant things in. Written by
/// the specification (edfplus.info), independently of the product's own writer.
struct EdfBytes {
    bool bdf = false;
    bool plus = true;
    std::string patient = "00458812 M 30-JUN-1969 Yamada_Taro right_handed";
    std::string recording = "Startdate 04-APR-2011 EEG-2011-77 Morimoto_Hajime NK-1100 Minato_Clinic";
    std::string date = "04.04.11";
    std::string time = "12.57.02";
    std::string reserved = {}; ///< empty: EDF+C, BDF+C or nothing
    std::string label = "EEG Fp2-Ref";
    std::string transducer = "AgAgCl electrode";
    std::string prefilter = "HP:0.1Hz LP:75Hz";
    std::string signalReserved = {};
    std::string records = {}; ///< empty: as many as there are
    std::string channels = "2";
    std::string headerSize = "768";
    std::string samplesEach = "4";
    std::vector<std::string> annotations{"+0\x14\x14" + std::string(1, '\0') +
                                             "+1.5\x15"
                                             "2\x14"
                                             "Eyes closed\x14" +
                                             std::string(1, '\0'),
                                         "+1\x14\x14" + std::string(1, '\0')};
    std::size_t annotationSamples = 30;
    std::string behind = {}; ///< bytes after the last record

    static std::string field(std::string text, std::size_t width) {
        text.resize(width, ' ');
        return text;
    }
    [[nodiscard]] std::string samples(std::size_t record) const {
        std::string out;
        for (std::size_t i = 0; i < 4; ++i) {
            out += static_cast<char>(17 * i + record);
            out += static_cast<char>(0xF0 + i);
            if (bdf) {
                out += '\x7F';
            }
        }
        return out;
    }
    [[nodiscard]] std::string header() const {
        const std::string mark = reserved.empty() && plus ? (bdf ? "BDF+C" : "EDF+C") : reserved;
        std::string out = bdf ? "\xFF"
                                "BIOSEMI"
                              : field("0", 8);
        out += field(patient, 80) + field(recording, 80) + field(date, 8) + field(time, 8) +
               field(headerSize, 8) + field(mark, 44) +
               field(records.empty() ? std::to_string(annotations.size()) : records, 8) + field("1", 8) +
               field(channels, 4);
        const auto both = [&](const std::string& a, const std::string& b, std::size_t width) {
            out += field(a, width) + field(b, width);
        };
        both(label, bdf ? "BDF Annotations" : "EDF Annotations", 16);
        both(transducer, "", 80);
        both("uV", "", 8);
        both("-100", "-1", 8);
        both("100", "1", 8);
        both("-2048", "-32768", 8);
        both("2047", "32767", 8);
        both(prefilter, "", 80);
        both(samplesEach, std::to_string(annotationSamples), 8);
        both(signalReserved, "", 32);
        return out;
    }
    [[nodiscard]] std::string bytes() const {
        std::string out = header();
        for (std::size_t i = 0; i < annotations.size(); ++i) {
            std::string list = annotations[i];
            list.resize(annotationSamples * (bdf ? 3 : 2), '\0');
            out += samples(i) + list;
        }
        return out + behind;
    }
};

} // namespace kamei::test
