#pragma once

#include <string>
#include <vector>

#include "tests/core/intake/dicom/DicomBytes.h"

namespace kamei::test {

/// An object in which LEAK..., 漏洩, UIDs under 1.2.3.99 or the day 20240311 stand in one place.
struct PlantedPlace {
    std::string name;
    std::string file;
    std::string refusal; ///< code and word when it must be refused; else it must be written without them
};

namespace planted {

inline DicomBytes head(const char* sopClass, const char* modality) {
    DicomBytes out;
    out.element(0x00080005, "CS", "ISO_IR 192").element(0x00080016, "UI", sopClass);
    return out.element(0x00080018, "UI", "1.2.3.99.1").element(0x00080060, "CS", modality);
}

/// The patient of whom all that is planted tells, and then the row's own elements.
inline std::string file(const DicomBytes& rest, const char* sopClass = "1.2.840.10008.5.1.4.1.1.2",
                        const char* modality = "CT") {
    return head(sopClass, modality)
        .element(0x00100010, "PN", "LEAKPATIENT^TARO=漏洩^太郎")
        .element(0x00100020, "LO", "LEAK000123")
        .append(rest.bytes())
        .file();
}

inline DicomBytes set() {
    return DicomBytes();
}

} // namespace planted

/// The places of PS3.3 and PS3.10 beside plain attributes.
inline std::vector<PlantedPlace> plantedPlaces() {
    using planted::file;
    using planted::set;
    std::vector<PlantedPlace> out;
    const auto add = [&](const char* name, std::string bytes, const char* refusal = "") {
        out.push_back({name, std::move(bytes), refusal});
    };
    const DicomBytes person =
        set().element(0x00100010, "PN", "LEAKPATIENT^TARO").element(0x00100020, "LO", "LEAK000123");
    add("waveform annotation (0040,B020)",
        file(set().sequence(0x0040B020,
                            set()
                                .element(0x00700006, "ST", "漏洩太郎 LEAKPATIENT TARO")
                                .sequence(0x0040A043, set().element(0x00080104, "LO", "LEAKPATIENT TARO"))),
             "1.2.840.10008.5.1.4.1.1.9.1.1", "ECG"));
    add("voice in a waveform",
        file(set().sequence(0x54000100, set().element(0x54001010, "OB", "LEAKVOICE")),
             "1.2.840.10008.5.1.4.1.1.9.4.1", "AU"),
        "unsupported-format audio");
    add("general audio waveform",
        file(set().sequence(0x54000100, set().element(0x54001010, "OB", "LEAKVOICE")),
             "1.2.840.10008.5.1.4.1.1.9.4.2", "AU"),
        "unsupported-format audio");
    add("curve and its audio (50xx), retired", file(set()
                                                        .element(0x50000030, "SH", "LEAKPATIENT TARO")
                                                        .element(0x50002500, "LO", "LEAKPATIENT TARO")
                                                        .element(0x50003000, "OW", "LEAKCURVE1")
                                                        .element(0x5002200C, "OW", "LEAKVOICE1")
                                                        .element(0x5002200E, "LT", "LEAKPATIENT TARO")));
    add("overlay (60xx)", file(set()
                                   .element(0x60000022, "LO", "LEAKPATIENT TARO")
                                   .element(0x60001500, "LO", "LEAKPATIENT TARO")
                                   .element(0x60003000, "OW", "LEAKOVER")
                                   .element(0x60004000, "LT", "LEAKPATIENT TARO")));
    add("graphic annotation (0070,0001)",
        file(set()
                 .sequence(0x00700001, set().sequence(0x00700008, set().element(0x00700006, "ST",
                                                                                "LEAKPATIENT TARO 漏洩太郎")))
                 .element(0x00700080, "CS", "LABEL")
                 .element(0x00700081, "LO", "LEAKPATIENT TARO")
                 .element(0x00700084, "PN", "LEAKREADER^A"),
             "1.2.840.10008.5.1.4.1.1.11.1", "PR"));
    add("structured content (0040,A730)",
        file(
            set()
                .sequence(
                    0x0040A073,
                    set().element(0x0040A027, "LO", "LEAKHOSPITAL").element(0x0040A075, "PN", "LEAKREADER^A"))
                .sequence(0x0040A730,
                          set()
                              .element(0x0040A040, "CS", "TEXT")
                              .element(0x0040A160, "UT", "患者 漏洩太郎 (LEAKPATIENT TARO, LEAK000123)")
                              .sequence(0x0040A730, set()
                                                        .element(0x0040A040, "CS", "PNAME")
                                                        .element(0x0040A123, "PN", "LEAKPATIENT^TARO"))),
            "1.2.840.10008.5.1.4.1.1.88.11", "SR"));
    add("group lengths and command group",
        file(set().element(0x00100000, "UL", "LEAK").element(0x00000600, "AE", "LEAKMOVE")));
    add("digital signature (FFFA,FFFA)",
        file(set()
                 .sequence(0x4FFE0001, set().element(0x04000015, "CS", "LEAKMAC"))
                 .sequence(0xFFFAFFFA, set()
                                           .element(0x04000115, "OB", "LEAKCERTIFICATE")
                                           .element(0x04000120, "OB", "LEAKSIGNATURE"))));
    add("encrypted attributes (0400,0500)",
        file(set().sequence(0x04000500, set()
                                            .element(0x04000510, "UI", "1.2.840.10008.1.2")
                                            .element(0x04000520, "OB", "LEAKENCRYPTED"))));
    add("original attributes (0400,0561)",
        file(set().sequence(0x04000561, set()
                                            .sequence(0x04000550, person)
                                            .element(0x04000562, "DT", "20240311")
                                            .element(0x04000563, "LO", "LEAKSYSTEM")
                                            .element(0x04000564, "LO", "LEAKSOURCE"))));
    add("modified attributes (0400,0550)", file(set().sequence(0x04000550, person)));
    add("nonconforming attributes (0400,0551)",
        file(set().sequence(0x04000551, set().element(0x04000552, "OB", "LEAKPATIENT"))));
    add("MAC of referenced instances (0400,0403)",
        file(set().sequence(0x04000403, set().element(0x04000404, "OB", "LEAKMAC"))));
    add("referenced patient (0008,1120)",
        file(set().sequence(
            0x00081120,
            set().element(0x00081155, "UI", "1.2.3.99.7").element(0x00100020, "LO", "LEAK000123"))));
    add("contributing equipment (0018,A001)",
        file(set().sequence(0x0018A001, set()
                                            .element(0x00080080, "LO", "LEAKHOSPITAL")
                                            .element(0x00081010, "SH", "LEAKPATIENT TARO")
                                            .element(0x0018A003, "ST", "LEAKPATIENT TARO"))));
    add("icon (0088,0200)", file(set().sequence(0x00880200, set().element(0x7FE00010, "OW", "LEAKICON"))));
    add("variable pixel data (7Fxx), retired",
        file(set().element(0x7F000010, "OW", "LEAKPIXELS").element(0x7F020010, "OW", "LEAKPIXELS")));
    add("label and barcode of media (2200)",
        file(set().element(0x22000002, "UT", "LEAKPATIENT TARO").element(0x22000005, "LT", "LEAK000123")));
    add("encapsulated PDF",
        file(set().element(0x00420011, "OB", "%PDF-1.4 LEAK").element(0x00420012, "LO", "application/pdf"),
             "1.2.840.10008.5.1.4.1.1.104.1", "DOC"),
        "unsupported-format encapsulated-pdf");
    add("encapsulated XML that is no CDA",
        file(set().element(0x00420011, "OB", "<Other>LEAK</Other>").element(0x00420012, "LO", "text/XML"),
             "1.2.840.10008.5.1.4.1.1.104.2", "DOC"),
        "unsupported-format encapsulated-cda");
    add("encapsulated STL",
        file(set().element(0x00420011, "OB", "solid LEAKPATIENT").element(0x00420012, "LO", "model/stl"),
             "1.2.840.10008.5.1.4.1.1.104.3", "M3D"),
        "unsupported-format encapsulated-model");
    add("encapsulated document of no class", file(set().element(0x00420011, "OB", "LEAK")),
        "unsupported-format encapsulated-document");
    return out;
}

} // namespace kamei::test
