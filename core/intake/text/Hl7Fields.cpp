#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <vector>

#include "core/intake/text/MessageSegments.h"

namespace kamei::intake::text {
namespace {

struct Row {
    std::string_view segment;
    std::string_view fields;
};

// HL7 v2.5 chapters 2 (control), 3 (patient administration), 4 (orders), 6 (financial), 7 (observations), 9
// (documents), 10 (scheduling), with the fields of later versions to 2.8 that Japanese systems send; SS-MIX2
// 標準化ストレージ仕様書 1.2g. "first-last:kind". Kinds by data type:
//   s code, number (ID IS NM SI)   S the same, of the format itself   c coded (CE CWE)    t text (ST TX FT)
//   d time (DT TS DR)              D code and date (DLD FC)           q timing (TQ)       i order, visit,
//   file number (EI CX) I pair of those (EIP)          m message                          n name (XPN) x
//   number and name (XCN) k number (CX)                  a address (XAD)                    A address in one
//   p telephone (XTN) h facility (HD)                o organisation (XON)               l location (PL)     N
//   name, date, location (NDL) v observation (by OBX-2)       b birth date   g sex   r race, religion,
//   nationality   y marital status j insurance                    f of relatives   Y national number   L
//   licence
// and of whom: P patient, F relative, C clinician, H facility.
constexpr std::array kRows{
    Row{"FHS", "2-3:S 4:h 5:S 6:h 7:d 8:i 9-10:t 11-12:m"},
    Row{"BHS", "2-3:S 4:h 5:S 6:h 7:d 8:i 9-10:t 11-12:m"},
    Row{"FTS", "1:s 2:t"},
    Row{"BTS", "1:s 2:t 3:s"},
    Row{"MSH", "2-3:S 4:h 5:S 6:h 7:d 8:i 9:S 10:m 11-12:S 13:s 14:i 15-21:S 22-23:oH 24-25:h"},
    Row{"MSA", "1:s 2:m 3:t 4-5:s 6:c"},
    Row{"ERR", "1:S 2:S 3:c 4:s 5:c 6-9:t 10-11:c 12:pC"},
    Row{"SFT", "1:oH 2-5:t 6:d"},
    Row{"EVN", "1:s 2-3:d 4:s 5:xC 6:d 7:h"},
    Row{"PID",
        "1:s 2-4:kP 5:nP 6:nF 7:bP 8:gP 9:nP 10:r 11:aP 12:AP 13-14:pP 15:r 16:y 17:r 18:i 19:Y 20:L 21:kF "
        "22:r 23:AP 24-25:s 26-28:r 29:d 30-32:s 33:d 34:h 35-36:c 37:t 38:c 39:r 40:pP"},
    Row{"PD1", "1-2:s 3:oH 4:xC 5-9:s 10:kP 11:c 12:s 13:d 14:oH 15:c 16:s 17-18:d 19-20:s 21:d 22:r"},
    Row{"NK1", "1:s 2:nF 3:c 4:aF 5-6:pF 7:c 8-9:d 10-11:f 12:kF 13-15:f 16:bF 17-29:f 30:nF 31:pF 32:aF "
               "33:kF 34-41:f"},
    Row{"PV1",
        "1-2:s 3:l 4:s 5:i 6:l 7-9:xC 10:c 11:l 12-16:s 17:xC 18:s 19:i 20:D 21-24:s 25:d 26-29:s 30:d "
        "31-34:s 35:d 36:s 37:D 38:c 39:h 40-41:s 42-43:l 44-45:d 46-49:s 50:i 51:s 52:xC 53:t 54:i"},
    Row{"PV2",
        "1:l 2-4:c 5-6:t 7:s 8-9:d 10-11:s 12:t 13:xC 14:d 15-16:s 17:d 18-22:s 23:oH 24-25:s 26:d 27:s "
        "28-29:d 30:c 31-32:s 33:d 34-37:s 38-40:c 41:s 42:c 43-44:s 45:c 46-48:d 49-50:c"},
    Row{"MRG", "1-2:kP 3:i 4:kP 5-6:i 7:nP"},
    Row{"AL1", "1:s 2-4:c 5:t 6:d"},
    Row{"IAM", "1:s 2-4:c 5:t 6:c 7:i 8:t 9-10:c 11:d 12:t 13:d 14:nF 15-17:c 18:xC 19:oH 20:d"},
    Row{"DG1", "1-2:s 3:c 4:t 5:d 6:s 7-8:c 9-15:s 16:xC 17-18:s 19:d 20:i 21:s 22:i 23-26:s"},
    Row{"PR1", "1-2:s 3:c 4:t 5:d 6-7:s 8:xC 9-10:s 11-12:xC 13:c 14:s 15-16:c 17:s 18:c 19:i 20:s"},
    Row{"ACC", "1:d 2:c 3:t 4:c 5-6:s 7:xC 8-9:t 10:s 11:aP 12:s"},
    Row{"DB1", "1-2:s 3:i 4:s 5-8:d"},
    Row{"ROL", "1:i 2:s 3:c 4:xC 5-6:d 7-9:c 10:s 11:aC 12:pC"},
    Row{"PRT", "1:i 2:s 3:t 4:c 5:xC 6:c 7:c 8:oH 9:l 10:i 11-12:d 14:aC 15:pC"},
    Row{"IN1", "1:s 2:c 3:j 4:oH 5:aH 6:nC 7:pH 8-11:j 12-13:d 14-15:s 16:nF 17:c 18:bF 19:aF 20-23:s 24:d "
               "25:s 26:d "
               "27:s 28:t 29:d 30:xC 31-34:s 35:c 36:j 37-41:s 42:c 43:s 44:aF 45:s 46:j 47-48:c 49:j 50:s "
               "51:j 52:AF 53:s"},
    Row{"IN2", "1-80:j"},
    Row{"IN3", "1-28:j"},
    Row{"GT1",
        "1:s 2:kF 3-4:nF 5:aF 6-7:pF 8:bF 9-10:f 11:c 12:f 13-14:d 15:s 16:f 17:aF 18:pF 19:f 20:s 21:f 22:s "
        "23-57:f"},
    Row{"NTE", "1-2:s 3:t 4:c 5:xC 6-8:d 9:c"},
    Row{"ORC",
        "1:s 2-4:i 5-6:s 7:q 8:I 9:d 10-12:xC 13:l 14:pC 15:d 16-18:c 19:xC 20:c 21:oH 22:aH 23:pH 24:aC "
        "25-26:c 27:d 28-30:c 31:i 32-34:c"},
    Row{"OBR",
        "1:s 2-3:i 4:c 5:s 6-8:d 9:s 10:xC 11:s 12:c 13:t 14:d 15:t 16:xC 17:pC 18-21:i 22:d 23-26:s 27:q "
        "28:xC 29:I 30:s 31:c 32-35:N 36:d 37:s 38-40:c 41-42:s 43-48:c 49:s 50:c 51-52:i 53:c 54:c"},
    Row{"OBX",
        "1-2:s 3:c 4:s 5:v 6:c 7-11:s 12:d 13:s 14:d 15:h 16:xC 17:c 18:i 19:d 20:c 21:i 22:c 23:oH 24:aH "
        "25:xC"},
    Row{"SPM", "1:s 2:I 3:I 4-11:c 12:s 13:c 14:t 15-16:c 17-19:d 20:s 21-24:c 25-26:s 27-29:c 30-31:i"},
    Row{"TQ1", "1-6:s 7-8:d 9:c 10-11:t 12-14:s"},
    Row{"TQ2", "1-2:s 3-5:i 6-10:s"},
    Row{"RXO", "1:c 2-3:s 4-7:c 8:l 9:s 10:c 11:s 12:c 13:s 14-15:xC 16-18:s 19-20:c 21:s 22:c 23:s 24:c "
               "25:s 26-28:c"},
    Row{"RXE", "1:q 2:c 3-4:s 5-7:c 8:l 9:s 10:s 11:c 12:s 13-14:xC 15:i 16-17:s 18:d 19-20:s 21:c 22-23:s "
               "24:c 25:s "
               "26-27:c 28:s 29:c 30:s 31:c 32:d 33-34:s 35-37:c 38-39:s 40:i 41:s 42:l 43-44:c"},
    Row{"RXD", "1:s 2:c 3:d 4:s 5-6:c 7:i 8:s 9:t 10:xC 11:s 12:s 13:l 14:s 15:c 16:s 17:s 18:i 19:d 20:c "
               "21:c 22:s 23:c "
               "24:c 25:c 26:s 27:c 28:c 29:i 30:l 31:s 32:c 33:c"},
    Row{"RXG", "1-2:s 3:q 4:c 5-6:s 7-8:c 9:c 10:s 11:l 12:s 13:c 14-15:s 16:c 17:s 18:c 19:i 20:d 21:c 22:c "
               "23:c 24:c"},
    Row{"RXA", "1-2:s 3-4:d 5:c 6:s 7-9:c 10:xC 11:l 12-13:s 14:c 15:t 16:d 17-19:c 20-21:s 22:d 23:s 24:c "
               "25:c 26:c"},
    Row{"RXR", "1-6:c"},
    Row{"RXC", "1:s 2:c 3:s 4:c 5:s 6-7:c 8:s 9:c"},
    Row{"FT1", "1:s 2-3:i 4-5:d 6:s 7:c 8-9:t 10-12:s 13-14:c 15:s 16:l 17-18:s 19:c 20-21:xC 22:s 23:i "
               "24:xC 25-26:c 27-28:c "
               "29:c 30-31:s"},
    Row{"TXA", "1-3:s 4:d 5:xC 6-8:d 9-11:xC 12-16:i 17-20:s 21:t 22-23:xC"},
    Row{"ODS", "1:s 2:c 3:c 4:t"},
    Row{"ODT", "1-2:c 3:t"},
    Row{"SCH", "1-2:i 3:s 4:i 5-8:c 9:s 10:c 11:q 12:xC 13:pC 14:aC 15:l 16:xC 17:pC 18:aC 19:l 20:xC 21:pC "
               "22:l 23-24:i "
               "25:c 26-27:i"},
    Row{"RGS", "1-2:s 3:c"},
    Row{"AIS", "1-2:s 3:c 4:d 5:s 6:c 7:s 8:c 9-10:s"},
    Row{"AIL", "1-2:s 3:l 4-5:c 6:d 7:s 8:c 9:s 10:c 11-12:s"},
    Row{"AIP", "1-2:s 3:xC 4-5:c 6:d 7:s 8:c 9:s 10:c 11-12:s"},
    Row{"AIG", "1-2:s 3-5:c 6-7:s 8:d 9:s 10:c 11:s 12:c 13-14:s"},
};

constexpr int kMostFields = 128;
using Fields = std::vector<std::string_view>;

int numberOf(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::clamp(value, 0, kMostFields);
}

Fields fieldsOf(std::string_view spec) {
    Fields out(kMostFields + 1);
    while (!spec.empty()) {
        const std::string_view token = spec.substr(0, spec.find(' '));
        spec.remove_prefix(std::min(token.size() + 1, spec.size()));
        const std::size_t colon = token.find(':');
        const std::string_view range = token.substr(0, colon);
        const std::size_t dash = range.find('-');
        const int first = numberOf(range.substr(0, dash));
        const int last = dash == std::string_view::npos ? first : numberOf(range.substr(dash + 1));
        for (int i = first; i <= last; ++i) {
            out[static_cast<std::size_t>(i)] = token.substr(colon + 1);
        }
    }
    return out;
}

const std::map<std::string_view, Fields>& table() {
    static const std::map<std::string_view, Fields> rows = [] {
        std::map<std::string_view, Fields> out;
        for (const Row& row : kRows) {
            out.emplace(row.segment, fieldsOf(row.fields));
        }
        return out;
    }();
    return rows;
}

} // namespace

std::string_view hl7Field(std::string_view segment, int field) {
    const auto row = table().find(segment);
    const bool within = row != table().end() && field > 0 && field <= kMostFields;
    return within ? row->second[static_cast<std::size_t>(field)] : std::string_view();
}

bool isHl7Segment(std::string_view segment) {
    return table().contains(segment);
}

} // namespace kamei::intake::text
