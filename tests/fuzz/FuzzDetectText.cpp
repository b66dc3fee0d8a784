#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/detect/text/TextDetector.h"

using namespace kamei;
using detect::text::TextDetector;

namespace {

// What rules look for, and what stands around it: inputs put these together, so that they reach further than
// bytes by chance.
constexpr auto kPieces = std::to_array<const char*>({"山田",
                                                     "太郎",
                                                     "髙﨑",
                                                     "勅使河原",
                                                     "はるか",
                                                     "ヤマダ",
                                                     "ﾔﾏﾀﾞ",
                                                     "ﾀﾛｳ",
                                                     "Yamada",
                                                     "KHADKA",
                                                     "J.",
                                                     "グェン",
                                                     "・",
                                                     "さん",
                                                     "様",
                                                     "先生",
                                                     "Dr",
                                                     "Ns",
                                                     "長男",
                                                     "妻",
                                                     "氏名",
                                                     "患者ID",
                                                     "生年月日",
                                                     "性別",
                                                     "年齢",
                                                     "担当",
                                                     "記号",
                                                     "番号",
                                                     "枝番",
                                                     "保険者番号",
                                                     "住所",
                                                     "電話",
                                                     "職業",
                                                     "勤務先",
                                                     "施設",
                                                     "訪看",
                                                     "みなと橋",
                                                     "クリニック",
                                                     "病院",
                                                     "の里",
                                                     "株式会社",
                                                     "小学校",
                                                     "沼津市",
                                                     "静岡県",
                                                     "魚町",
                                                     "丁目",
                                                     "番地",
                                                     "99",
                                                     "0-12",
                                                     "1101",
                                                     "令和",
                                                     "昭和",
                                                     "R6",
                                                     "S33.8.2",
                                                     "5年",
                                                     "3月",
                                                     "20日",
                                                     "2/6",
                                                     "11.9",
                                                     "2018 NOV 29",
                                                     "'82",
                                                     "73歳",
                                                     "66M",
                                                     "男",
                                                     "F",
                                                     "(",
                                                     ")",
                                                     "「",
                                                     "」",
                                                     "/",
                                                     "→",
                                                     ",",
                                                     "、",
                                                     "。",
                                                     ":",
                                                     "：",
                                                     "|",
                                                     "\t",
                                                     " ",
                                                     "　",
                                                     "\n",
                                                     "\r\n",
                                                     "-",
                                                     "~",
                                                     "№",
                                                     "第",
                                                     "号",
                                                     "マイナンバー",
                                                     "123456789018",
                                                     "055-012-3456",
                                                     "a@b.example",
                                                     "4111 1111 1111 1111",
                                                     "橋本病",
                                                     "3-0",
                                                     "生 年 月 日",
                                                     "通訳",
                                                     "テレーザ",
                                                     "上原",
                                                     "比嘉",
                                                     "代諾者",
                                                     "受診者",
                                                     "（和暦）",
                                                     "：",
                                                     "【",
                                                     "】",
                                                     "\t",
                                                     "|",
                                                     "\r\n",
                                                     "; ",
                                                     "☑",
                                                     "□",
                                                     "男",
                                                     "女",
                                                     "[x]",
                                                     "満",
                                                     "生後",
                                                     "3-45.02.01",
                                                     "平 7. 10. 2",
                                                     "12 34 567",
                                                     "PatientID",
                                                     "PatientName",
                                                     "KIM^SOYEON",
                                                     "\"",
                                                     "診察券の",
                                                     "健診日",
                                                     "\xF0\xA0\xAE\xB7"});

[[noreturn]] void stop() {
    std::abort();
}

std::int64_t codePoints(const std::string& text) {
    std::int64_t out = 0;
    for (const char c : text) {
        out += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    }
    return out;
}

} // namespace

/// An even first byte: the others choose pieces; an odd one: they are the text as it is, valid or not. Spans
/// lie within the text, in order, and hold something; nothing but the text decides what they are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto detector = TextDetector::shared();
    static const std::vector<model::KnownIdentifier> known{{{}, "patient-name", "山田 太郎", {}, {}},
                                                           {{}, "patient-id", "00458812", {}, {}},
                                                           {{}, "birth-date", "19580802", {}, {}}};
    if (!detector) {
        stop();
    }
    constexpr std::size_t kLongest = 4096;
    if (size < 2 || size > kLongest) {
        return 0;
    }
    const bool pieces = data[0] % 2 == 0;
    std::string text;
    for (std::size_t i = 1; i < size; ++i) {
        if (pieces) {
            text += kPieces[data[i] % kPieces.size()];
        } else {
            text += static_cast<char>(data[i]);
        }
    }
    const auto found = (*detector)->detect(text, known);
    std::int64_t end = 0;
    for (const auto& span : found) {
        if (span.start < end || span.end <= span.start || span.confidence < 0 || span.confidence > 1 ||
            span.source.empty()) {
            stop();
        }
        end = span.end;
    }
    if (pieces && end > codePoints(text)) {
        stop();
    }
    return 0;
}
