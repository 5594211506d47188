// Texts as people write them, in the encodings that old software writes them in.
#include <unicode/ucnv.h>

#include <catch2/catch.hpp>
#include <span>

#include "core/utf8.h"
#include "data-loaders/encoding.h"

using namespace yekun;

namespace {

std::string in(std::string const& encoding, std::string_view text) {
  std::string out(text.size() * 2, '\0');
  UErrorCode status = U_ZERO_ERROR;
  auto const length = ucnv_convert(encoding.c_str(), "utf-8", out.data(), static_cast<std::int32_t>(out.size()),
                                   text.data(), static_cast<std::int32_t>(text.size()), &status);
  REQUIRE(U_SUCCESS(status));
  out.resize(static_cast<std::size_t>(length));
  REQUIRE(out.find('\x1A') == std::string::npos);  // a letter that the encoding does not have
  return out;
}

/// Names, places, headings and sentences of registers and ledgers; each is a whole file.
constexpr std::string_view kRussian[] = {
    "Фамилия;Имя;Отчество;Дата рождения\nИванов;Пётр;Сергеевич;01.02.1950\nАлиева;Гюльнара;Рашид кызы;12.11.1987\n",
    "ФАМИЛИЯ;ИМЯ;ОТЧЕСТВО\nИВАНОВ;ПЁТР;СЕРГЕЕВИЧ\nМАМЕДОВ;ЭЛЬЧИН;ГАСАН ОГЛЫ\nЩЕРБАКОВА;ЮЛИЯ;ЖАННОВНА\n",
    "дата,сумма\n01.02.2025,100.50\n",
    "ДАТА,СУММА\n01.02.2025,100.50\n",
    "date,region,sum\n2025-01-01,Баку,10\n2025-01-02,Гянджа,20\n2025-01-03,Сумгаит,30\n",
    "Оборотно-сальдовая ведомость по счёту 60 за январь 2025 г.\nДебет;Кредит;Сальдо на конец\n",
    "Социальная помощь семьям, имеющим детей до шестнадцати лет; адресное пособие: 120,00\n",
    "код;наименование услуги;ед.\n001;Уход на дому за пожилыми людьми;час\n002;Горячее питание;порция\n",
    "Ёлка; объём; съезд; подъезд; ещё; чьё\n",
    "id;статус\n1;да\n2;нет\n3;да\n4;нет\n",
    "Туркменбаши\nАшхабад\nМары\nДашогуз\nТбилиси\nКутаиси\nБатуми\nЗугдиди\n",
};

constexpr std::string_view kTurkish[] = {"ad;soyad\nÖmer;Çağlayan\nŞükrü;İnönü\nGülşah;Yıldız\n",
                                         "Müştərinin adı,Şəhər\n",  // the second: not in 1254
                                         "ŞEHİR;İLÇE\nİSTANBUL;ÜSKÜDAR\nMUĞLA;FETHİYE\n"};

constexpr std::string_view kWestern[] = {"nom;prénom\nLefèvre;Zoé\nGarçon;Hélène\n",
                                         "Straße;Größe\nMüllerstraße 5;groß\nKöln;über\n", "année,coût\n2025,10 €\n",
                                         "niño;año\nEspaña;señor\n"};

}  // namespace

TEST_CASE("Russian texts are recognised in each of their encodings", "[encoding]") {
  for (std::string const encoding : {"cp866", "windows-1251", "koi8-r", "iso-8859-5"})
    for (auto const text : kRussian) {
      auto const found = detect_encoding(in(encoding, text));
      INFO(encoding << ": " << text);
      CHECK(found.name == encoding);
      CHECK(found.guessed);
    }
}

TEST_CASE("every line of a Russian text with nine letters is recognised by itself, in lower and upper case",
          "[encoding]") {
  std::size_t lines = 0;
  for (auto const text : kRussian)
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      auto const line = text.substr(at, text.find('\n', at) - at);
      if (count_code_points(line) + 9 > line.size()) continue;  // less than nine letters that are not ASCII
      ++lines;
      for (std::string const encoding : {"cp866", "windows-1251", "koi8-r", "iso-8859-5"}) {
        INFO(encoding << ": " << line);
        CHECK(detect_encoding(in(encoding, line)).name == encoding);
        CHECK(detect_encoding(in(encoding, lower(line))).name == encoding);
      }
    }
  CHECK(lines == 17);
}

TEST_CASE("a table drawn with lines is cp866, and lines alone say nothing of Cyrillic letters", "[encoding]") {
  std::string const table =
      "╔═══════════════════════╦════════╗\n║ Наименование          ║  Сумма ║\n╟───────────────────────╫────────╢\n"
      "║ Выплаты пенсионерам   ║ 120.00 ║\n║ Содержание дома       ║  80.50 ║\n╚═══════════════════════╩════════╝\n";
  CHECK(detect_encoding(in("cp866", table)).name == "cp866");
  std::string const capitals =
      "┌────────────────────┬───────┐\n│ ИТОГО ПО РАЙОНУ №7 │ 12.00 │\n└────────────────────┴───────┘\n";
  CHECK(detect_encoding(in("cp866", capitals)).name == "cp866");
}

TEST_CASE("Turkish and Western texts are not taken for Cyrillic ones", "[encoding]") {
  CHECK(detect_encoding(in("windows-1254", kTurkish[0])).name == "windows-1254");
  CHECK(detect_encoding(in("windows-1254", kTurkish[2])).name == "windows-1254");
  for (auto const text : kWestern) {
    INFO(text);
    CHECK(detect_encoding(in("windows-1252", text)).name == "windows-1252");
  }
}

TEST_CASE("a letter at the very end is no UTF-8 cut off unless its first bytes are there", "[encoding]") {
  CHECK(detect_encoding("1;g\xFCn ya\xFE\n").name == "windows-1254");
  CHECK(detect_encoding("1;qabar\xFE\n").name == "windows-1254");
  CHECK(detect_encoding("1;qabar\xC5").is_utf8());
  CHECK(detect_encoding("1;10 \xE2\x82").is_utf8());
}

TEST_CASE("UTF-8 is never guessed away", "[encoding]") {
  for (auto const& texts : {std::span<std::string_view const>(kRussian), std::span<std::string_view const>(kTurkish),
                            std::span<std::string_view const>(kWestern)})
    for (auto const text : texts) {
      INFO(text);
      CHECK(detect_encoding(text).is_utf8());
      CHECK_FALSE(detect_encoding(text).guessed);
    }
}

TEST_CASE("UTF-16 without a mark is recognised in all scripts, and binary bytes are not taken for it", "[encoding]") {
  for (std::string_view const text :
       {"код;имя\n01;Иванова Анна\n02;Пётр Ёлкин «центр»\n", "კოდი;სახელი\n1;ნინო ბერიძე\n2;გიორგი\n",
        "kod;ad\n1;Əliyeva Şəfəq\n", "kod;ady\n1;Ýazgül – Žanna\n"}) {
    INFO(text);
    CHECK(detect_encoding(in("utf-16le", text)).name == "utf-16le");
    CHECK(detect_encoding(in("utf-16be", text)).name == "utf-16be");
  }
  std::string bytes;
  for (unsigned i = 0; i < 4000; ++i) bytes += static_cast<char>(i * i * 2654435761U >> 13U);
  CHECK_FALSE(detect_encoding(bytes).name.starts_with("utf-16"));
  CHECK(detect_encoding(std::string("id,b\n1,a\0b\0\n2,\xD1\x8F\n", 18)).name == "utf-8");
}
