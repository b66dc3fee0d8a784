#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

namespace kamei::test {

/// An MFER file with fields to plant things in. Written by ISO 22077-1, independently of the product.
struct MferBytes {
    bool bigEndian = false;
    std::string characters = "UTF-8";
    std::string name = "山田^ヤマダ^太郎^タロウ";
    std::string id = "00458812";
    std::string man = "Fukuda^FX-9^01^SN-889911";
    std::string note = "seen by Dr Morimoto for 00458812";
    std::string event = "HV start";
    std::string more = {};   ///< definitions before the waveform
    std::string behind = {}; ///< bytes behind the end

    [[nodiscard]] std::string number(std::uint64_t value, std::size_t size) const {
        std::string out;
        for (std::size_t i = 0; i < size; ++i) {
            out += static_cast<char>((value >> (8 * i)) & 0xFF);
        }
        if (bigEndian) {
            std::reverse(out.begin(), out.end());
        }
        return out;
    }
    static std::string definition(int tag, const std::string& value) {
        std::string out(1, char(tag));
        if (value.size() < 0x80) {
            return out + char(value.size()) + value;
        }
        return out + '\x82' + char(value.size() >> 8) + char(value.size() & 0xFF) + value;
    }
    static std::string channel(int index, const std::string& definitions) {
        return std::string(1, '\x3F') + char(index) + char(definitions.size()) + definitions;
    }
    [[nodiscard]] std::string day(int year, int month, int date) const {
        return number(std::uint64_t(year), 2) + char(month) + char(date);
    }
    static std::string waveform() {
        std::string out;
        for (int i = 0; i < 300; ++i) {
            out += char(i * 7);
        }
        return definition(0x1E, out + "MFR \x81\x05Yam" + out.substr(0, 50));
    }
    [[nodiscard]] std::string bytes() const {
        const std::string codes = number(1, 2) + number(100, 4) + number(5, 4);
        return definition(0x40, std::string("MFR Standard 12 leads ECG\0\0\0\0\0\0\0", 32)) +
               definition(0x01, std::string(1, bigEndian ? '\0' : '\1')) + definition(0x03, characters) +
               definition(0x17, man) + definition(0x85, day(2021, 12, 12) + "\x09\x1E\x05" + number(7, 2)) +
               definition(0x82, id) + definition(0x81, name) +
               definition(0x83, std::string("\x34") + number(165, 2) + day(1969, 6, 30)) +
               definition(0x84, "\1") + definition(0x16, note) + definition(0x41, codes + event) +
               definition(0x87, "1.2.392.77") + definition(0x88, "ward map Yamada") + std::string(3, '\0') +
               definition(0x05, number(2, 1)) +
               channel(0, definition(0x09, number(1, 2)) + definition(0x0A, std::string(1, '\0'))) +
               channel(1, definition(0x09, number(2, 2) + "lead of 00458812")) + more + waveform() + '\x80' +
               behind;
    }
};

} // namespace kamei::test
