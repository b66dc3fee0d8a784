#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kamei::test {

/// CRC-CCITT a byte at a time, the other way than the product's, which goes by bits.
inline std::uint16_t ccitt(const std::string& bytes) {
    std::uint16_t crc = 0xFFFF;
    for (const char c : bytes) {
        crc = static_cast<std::uint16_t>((crc >> 8) | (crc << 8));
        crc = static_cast<std::uint16_t>(crc ^ static_cast<std::uint8_t>(c));
        crc = static_cast<std::uint16_t>(crc ^ ((crc & 0xFF) >> 4));
        crc = static_cast<std::uint16_t>(crc ^ (crc << 12));
        crc = static_cast<std::uint16_t>(crc ^ ((crc & 0xFF) << 5));
    }
    return crc;
}

/// An SCP-ECG record with fields to plant things in. Written by EN 1064, independently of the product.
struct ScpBytes {
    using Tags = std::vector<std::pair<int, std::string>>;
    using Sections = std::vector<std::pair<int, std::string>>;

    static std::string little(std::uint64_t value, std::size_t size) {
        std::string out;
        for (std::size_t i = 0; i < size; ++i) {
            out += static_cast<char>((value >> (8 * i)) & 0xFF);
        }
        return out;
    }
    static std::string text(const std::string& words) { return words + '\0'; }
    static std::string day(int year, int month, int date) {
        return little(std::uint64_t(year), 2) + char(month) + char(date);
    }
    static std::string device(const std::string& serial) {
        std::string out = little(77, 2) + little(5, 2) + little(4711, 2) + '\0' + '\xFF';
        out += std::string("ECG-9\0", 6) + '\x14' + '\xA0' + '\0' + '\0' + '\0';
        out.resize(35, '\0');
        out += '\x05';
        return out + text("P1.2") + text(serial) + text("SW 7") + text("SCP 3") + text("Fukuda");
    }
    static std::string statement(int number, const std::string& words) {
        return std::string(1, char(number)) + little(words.size(), 2) + words;
    }
    static std::string report(const std::vector<std::string>& statements) {
        std::string out = std::string(1, '\1') + day(2021, 12, 13) + "\x09\x1E\x05" + char(statements.size());
        for (std::size_t i = 0; i < statements.size(); ++i) {
            out += statement(int(i) + 1, statements[i]);
        }
        return out;
    }

    Tags tags{{0, text("Yamada")},
              {1, text("Taro")},
              {2, text("0045881200-000-00")},
              {3, text("Kuroda")},
              {4, little(52, 2) + '\1'},
              {5, day(1969, 6, 30)},
              {6, little(171, 2) + '\1'},
              {8, "\1"},
              {9, "\3"},
              {10, std::string("\0\1\2", 3) + text("digoxin")},
              {13, text("palpitation of Yamada")},
              {14, device("SN-889911")},
              {16, text("Minato Clinic")},
              {18, text("Cardiology West")},
              {20, text("Morimoto Hajime")},
              {21, text("Sakurai Ken")},
              {22, text("Nagano Emi")},
              {23, text("Room 12")},
              {25, day(2021, 12, 12)},
              {26, "\x14\x0A\x05"},
              {27, little(50, 2)},
              {30, text("seen by Nagano Emi")},
              {31, text("ECG-2021-77")},
              {35, text("infarction 2010")},
              {200, "ward note Yamada"}};
    std::string tagsEnd = std::string("\xFF\0\0", 3);
    Sections others{{3, std::string("\x01\x04\x01\0\0\0\x10\0\0\0\x01", 11)},
                    {6, std::string("\xC8\0\xC4\x09\0\0Yam\x80\xFF\0\1\2\3\4\5\6", 18)},
                    {8, report({text("Sinus rhythm"), text("compared for 0045881200-000-00")})},
                    {9, std::string("\1\2\3typed by Sakurai\0", 20)},
                    {11, report({"\x02" + text("Normal ECG")})}};
    std::string gap = {};    ///< before the section of the samples
    std::string behind = {}; ///< after the record
    int pointerOffset = 0;   ///< error of the places in section 0
    int lengthError = 0;     ///< error of the lengths in section 0
    int firstLength = 0;     ///< length of section 0, when it is not to be that

    static std::string section(int id, const std::string& data) {
        std::string body = little(std::uint64_t(id), 2) + little(16 + data.size(), 4) + "\x14\x14" +
                           (id == 0 ? std::string("SCPECG") : std::string(6, '\0')) + data;
        return little(ccitt(body), 2) + body;
    }
    [[nodiscard]] std::string identification() const {
        std::string out;
        for (const auto& [tag, value] : tags) {
            out += std::string(1, char(tag)) + little(value.size(), 2) + value;
        }
        out += tagsEnd;
        return out.size() % 2 == 0 ? out : out + '\0';
    }
    [[nodiscard]] std::string bytes() const {
        std::vector<std::pair<int, std::string>> all{{1, section(1, identification())}};
        for (const auto& [id, data] : others) {
            all.emplace_back(id, section(id, data));
        }
        const std::size_t first = 16 + 10 * (all.size() + 1);
        std::size_t at = 6 + first;
        std::string pointers = little(0, 2) + little(first, 4) + little(7, 4);
        std::string rest;
        for (const auto& [id, data] : all) {
            const std::string before = id == 6 ? gap : std::string();
            rest += before + data;
            at += before.size();
            pointers += little(std::uint64_t(id), 2) + little(data.size() + std::size_t(lengthError), 4) +
                        little(at + 1 + std::size_t(pointerOffset), 4);
            at += data.size();
        }
        std::string zero = section(0, pointers);
        if (firstLength != 0) {
            zero.replace(4, 4, little(std::uint64_t(firstLength), 4));
        }
        std::string record = zero + rest;
        record = little(record.size() + 6, 4) + record;
        return little(ccitt(record), 2) + record + behind;
    }
};

} // namespace kamei::test
