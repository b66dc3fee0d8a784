#include "core/demo/Documents.h"

#include <array>
#include <initializer_list>
#include <utility>

#include "core/demo/Draft.h"

namespace kamei::demo {
namespace {

namespace fs = std::filesystem;
using intake::encoding::Encoding;

void patientHeader(Draft& out, const Person& p) {
    (out << "患者ID：").plant("patient-id", p.id) << "　氏名：";
    out.plant("patient-name", p.kanji()) << "（";
    out.plant("patient-name", p.kana()) << "）　" << (p.sex == "F" ? "女性" : "男性") << "\n生年月日：";
    out.plant("birth-date", p.birthDateText) << "\n住所：〒";
    out.plant("postal-code", p.postalCode) << "　";
    out.plant("address", p.address) << "\n電話：";
    out.plant("phone", p.phone) << "\n";
}

} // namespace

base::Expected<std::vector<Planted>> writeDischargeSummary(const Person& p, const fs::path& cohort,
                                                           const std::string& file) {
    Draft out(p.id, file);
    out << "退院時要約\n";
    out.plant("facility", hospital().name, false) << "　呼吸器外科\n";
    patientHeader(out, p);
    (out << "保険者番号 ").plant("insurance", "06139999") << "　記号 ";
    out.plant("insurance", "12-34") << "　番号 ";
    out.plant("insurance", "5678") << "（枝番 01）　自己負担 3割\n入院日 ";
    out.plant("date", "2026/03/09") << "　退院日 ";
    out.plant("date", "2026/03/24") << "　主治医 ";
    out.plant("clinician", hospital().physician, false) << "\n\n【診断名】\n";
    out << "右上葉肺腺癌 cT1cN0M0 Stage IA3、橋本病（TSH 3.2、内服なし）\n【現病歴】\n";
    out.plant("date", "2026年1月") << "の検診で右上肺野に結節影を指摘され、近医の";
    out.plant("facility", "三上胃腸科医院", false) << "を経て";
    out.plant("date", "2月12日") << "に当院を紹介受診。";
    out.plant("clinician", "泉谷", false)
        << "医師のCTでは径 24 mm、胸膜陥入を伴う。頭部CT・骨シンチに転移所見なし。\n";
    out << "【入院後経過】\n";
    out.plant("date", "3月10日")
        << "、胸腔鏡下右上葉切除＋ND2a-1。出血量 45 mL。3-0 吸収糸で埋没縫合、BP 148-86。\n";
    out << "術後3日目、呼吸訓練を開始。";
    out.plant("patient-name", p.familyKanji) << "さんは元養護教諭で、長男の";
    out.plant("family", p.relative)
        << "さんが面会に来られた。病理：浸潤性粘液性腺癌、pT1cN0。EGFR L858R 陽性。\n";
    (out << "【退院時指示】\n外来 ").plant("date", "4月7日") << " 10:30。創部に発赤があれば ";
    out.plant("phone", "055-012-9000", false) << " へ連絡。\n支払：クレジットカード ";
    out.plant("card", "4111 1111 1111 1111") << "（会計照合用に転記あり）\n";
    out << "内服：アセトアミノフェン 500 mg 3T、レバミピド 100 mg 3T\n記載：";
    out.plant("clinician", hospital().physician, false) << "　文書番号 DS-2026-004417\n";
    return out.save(cohort, Encoding::Cp932, true);
}

base::Expected<std::vector<Planted>> writeProgressNote(const Person& p, const fs::path& cohort,
                                                       const std::string& file) {
    Draft out(p.id, file);
    out << "経過記録　循環器内科\n";
    patientHeader(out, p);
    (out << "記載日：").plant("date", "令和8年3月10日") << "　記載者：";
    out.plant("clinician", "外村 修", false) << "\nS) 妻の";
    out.plant("family", p.relative) << "さんより「夜間の咳が増えた」とのこと。\n";
    out << "O) BP 132-74、SpO2 95%（RA）。心エコーで EF 46%、軽度 MR。\n";
    out << "A) 慢性心不全。パーキンソン病は神経内科で経過観察中。\n";
    (out << "P) フロセミド 20 mg 追加。結果は mail ").plant("mail", "noda@example.jp") << " へ。次回 ";
    out.plant("date", "2026/4/14") << "。個人番号カードの控え ";
    out.plant("my-number", "123456789018") << " は破棄を依頼した。\n";
    return out.save(cohort, Encoding::Utf8, false);
}

base::Expected<std::vector<Planted>> writeReferralLetter(const Person& p, const fs::path& cohort,
                                                         const std::string& file) {
    // ISO-2022-JP holds JIS X 0208 only: the variant 髙 of the name is written 高, as mail systems do.
    Person plain = p;
    if (plain.familyKanji.starts_with("髙")) {
        plain.familyKanji = "高" + plain.familyKanji.substr(std::string("髙").size());
    }
    Draft out(p.id, file);
    (out << "診療情報提供書\n紹介元：").plant("facility", "はまみ呼吸器クリニック", false) << "　院長 ";
    out.plant("clinician", "原田 千秋", false) << "\n紹介先：";
    out.plant("facility", hospital().name, false) << "　";
    out.plant("clinician", hospital().physician, false) << " 先生 御侍史\n";
    patientHeader(out, plain);
    out << "傷病名：自然気胸の疑い\n";
    out.plant("date", "令和8年3月11日") << "より右胸痛。胸部X線にて右肺尖の虚脱を認めます。職業は";
    out.plant("occupation", "小学校教諭") << "、夫の";
    out.plant("family", p.relative) << "様が付き添われます。\n";
    out << "ご高診のほどよろしくお願い申し上げます。\n";
    return out.save(cohort, Encoding::Iso2022Jp, false);
}

base::Expected<std::vector<Planted>> writeCdaReport(const Person& p, const fs::path& cohort,
                                                    const std::string& file) {
    Draft out(p.id, file);
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<ClinicalDocument xmlns=\"urn:hl7-org:v3\">\n"
           "  <typeId root=\"2.16.840.1.113883.1.3\" extension=\"POCD_HD000040\"/>\n"
           "  <id root=\"1.2.392.200119.999\" extension=\"";
    out.plant("document-id", "R-2026-000731")
        << "\"/>\n"
           "  <code code=\"18748-4\" codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"画像診断報告書\"/>\n"
           "  <title>頭部CT 画像診断報告書</title>\n  <effectiveTime value=\"";
    out.plant("date", "20260306")
        << "\"/>\n  <recordTarget><patientRole>\n    <id root=\"1.2.392.100495.20.3.51\" extension=\"";
    out.plant("patient-id", p.id) << "\"/>\n    <addr><postalCode>";
    out.plant("postal-code", p.postalCode) << "</postalCode><streetAddressLine>";
    out.plant("address", p.address) << "</streetAddressLine></addr>\n    <telecom value=\"tel:";
    out.plant("phone", p.phone) << "\"/>\n    <patient>\n      <name use=\"IDE\"><family>";
    out.plant("patient-name", p.familyKanji) << "</family><given>";
    out.plant("patient-name", p.givenKanji) << "</given></name>\n      <name use=\"SYL\"><family>";
    out.plant("patient-name", p.familyKana) << "</family><given>";
    out.plant("patient-name", p.givenKana)
        << "</given></name>\n      <administrativeGenderCode code=\"" << p.sex
        << "\" codeSystem=\"2.16.840.1.113883.5.1\"/>\n      <birthTime value=\"";
    out.plant("birth-date", p.birthDate) << "\"/>\n    </patient>\n  </patientRole></recordTarget>\n"
                                            "  <author><time value=\"20260306\"/><assignedAuthor><id "
                                            "root=\"1.2.392.200119.999.3\" extension=\"";
    out.plant("clinician", "D-0442", false) << "\"/><assignedPerson><name><family>";
    out.plant("clinician", "佐久間", false) << "</family><given>";
    out.plant("clinician", "亮", false)
        << "</given></name></assignedPerson></assignedAuthor></author>\n"
           "  <custodian><assignedCustodian><representedCustodianOrganization><name>";
    out.plant("facility", hospital().name, false)
        << "</name></representedCustodianOrganization></assignedCustodian></custodian>\n"
           "  <component><structuredBody><component><section><title>所見</title>\n    <text>";
    out.plant("patient-name", p.familyKanji) << "様の頭部CT（";
    out.plant("date", "2026年3月5日") << "撮影）。脳実質に異常吸収値を認めません。副鼻腔に軽度の粘膜肥厚。"
                                         "前回（他院、";
    out.plant("facility", "三上胃腸科医院", false)
        << "）と比較して著変ありません。</text>\n"
           "  </section></component></structuredBody></component>\n</ClinicalDocument>\n";
    return out.save(cohort, Encoding::Utf8, false);
}

base::Expected<std::vector<Planted>> writeLaboratoryTable(const std::vector<Person>& all,
                                                          const fs::path& cohort, const std::string& file) {
    struct Row {
        std::size_t person;
        std::string date;
        std::array<std::string, 4> values;
        std::string comment;
    };
    const std::vector<Row> rows{
        {0, "2026/03/09", {"6.1", "12.9", "0.71", "3.2"}, "溶血なし"},
        {0, "2026/03/12", {"8.4", "11.8", "0.69", "3.1"}, "再検済、佐久間先生へ電話連絡"},
        {0, "2026/03/20", {"5.9", "12.2", "0.70", "3.3"}, ""},
        {1, "2026/03/10", {"7.2", "13.4", "1.32", "2.0"}, "BNP高値\n家族（節子様）へ説明"},
        {1, "2026/03/17", {"6.8", "13.1", "1.29", "2.1"}, "採血困難"},
        {2, "2026/03/12", {"5.4", "13.8", "0.62", "1.4"}, "高瀬様 採血時気分不快"},
    };
    Draft out("", file);
    out << "患者番号,氏名,カナ氏名,生年月日,性別,採血日,WBC,Hb,Cr,TSH,コメント\n";
    for (const Row& row : rows) {
        const Person& p = all.at(row.person);
        out.belongsTo(p.id);
        out.plant("patient-id", p.id) << ",";
        out.plant("patient-name", p.kanji()) << ",";
        out.plant("patient-name", p.kana()) << ",";
        out.plant("birth-date", p.birthDate) << "," << p.sex << ",";
        out.plant("date", row.date);
        for (const std::string& value : row.values) {
            out << "," << value;
        }
        const bool quoted = row.comment.find_first_of(",\n\"") != std::string::npos;
        out << "," << (quoted ? "\"" + row.comment + "\"" : row.comment) << "\n";
    }
    auto planted = out.save(cohort, Encoding::Cp932, true);
    if (planted) {
        planted->push_back({"", "clinician", "佐久間", file, "text"});
        planted->push_back({all.at(1).id, "family", "節子", file, "text"});
        planted->push_back({all.at(2).id, "patient-name", "高瀬", file, "text"});
    }
    return planted;
}

} // namespace kamei::demo
