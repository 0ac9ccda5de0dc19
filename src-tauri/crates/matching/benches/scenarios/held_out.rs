//! Scenarios made anew in each run, the same every time: other countries, names, noise and shares than those on which
//! the weights were first chosen. On the first two nothing that is particular to them is tuned, but rules are looked
//! for where they go wrong; the last two are only ever counted.
//!
//! Every kind of order lacks a telephone number as often, so that what is missing tells nobody apart. Household
//! members have numbers of their own, and some write initials; namesakes are drawn by how common their names are and,
//! three in ten, evenly.

use super::{Row, Scenario};
use std::collections::HashMap;

/// How a scenario is made.
pub struct Size {
    pub name: &'static str,
    seed: u64,
    lands: &'static [Land],
    listed: usize,
    matches: usize,
    honest: usize,
    households: usize,
    namesakes: usize,
    forwarded: usize,
    noise: Noise,
}

/// Shares in percent.
#[derive(Clone, Copy)]
struct Noise {
    moved: usize,
    other_phone: usize,
    other_alias: usize,
    no_phone: usize,
    slip: usize,
    plain: usize,
    upper: usize,
    short: usize,
}

const SOME: Noise = Noise {
    moved: 7,
    other_phone: 25,
    other_alias: 60,
    no_phone: 40,
    slip: 9,
    plain: 30,
    upper: 12,
    short: 30,
};

const MORE: Noise = Noise {
    moved: 5,
    other_phone: 35,
    other_alias: 75,
    no_phone: 55,
    slip: 13,
    plain: 45,
    upper: 20,
    short: 15,
};

/// A shop of middling size and one with a short list, twice.
pub const SIZES: [Size; 4] = [
    Size {
        name: "four lands",
        seed: 0x5EED_0001,
        lands: &[Land::It, Land::It, Land::Es, Land::Pl, Land::Pl, Land::Kr],
        listed: 1_500,
        matches: 1_000,
        honest: 18_000,
        households: 900,
        namesakes: 600,
        forwarded: 800,
        noise: SOME,
    },
    Size {
        name: "four lands, short list",
        seed: 0x5EED_0002,
        lands: &[Land::It, Land::It, Land::Es, Land::Pl, Land::Pl, Land::Kr],
        listed: 150,
        matches: 400,
        honest: 5_000,
        households: 300,
        namesakes: 150,
        forwarded: 300,
        noise: SOME,
    },
    Size {
        name: "held out",
        seed: 0x5EED_0003,
        lands: &[Land::Pt, Land::Nl, Land::Nl, Land::Tr, Land::Se],
        listed: 2_000,
        matches: 1_000,
        honest: 20_000,
        households: 800,
        namesakes: 600,
        forwarded: 800,
        noise: MORE,
    },
    Size {
        name: "held out, short list",
        seed: 0x5EED_0004,
        lands: &[Land::Pt, Land::Nl, Land::Tr, Land::Tr, Land::Se],
        listed: 120,
        matches: 400,
        honest: 6_000,
        households: 300,
        namesakes: 200,
        forwarded: 200,
        noise: MORE,
    },
];

/// `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end.max(1) as u64).unwrap_or(0)
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// The first are drawn more often, as names are.
    fn first(&mut self, of: &[&'static str]) -> &'static str {
        let (one, other) = (self.below(of.len()), self.below(of.len()));
        of[if self.percent(60) { one.min(other) } else { one }]
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Land {
    It,
    Es,
    Pl,
    Kr,
    Pt,
    Nl,
    Tr,
    Se,
}

struct Words {
    given: &'static str,
    family: &'static str,
    ends: &'static [&'static str],
    stems: &'static str,
    streets: &'static [&'static str],
    of_streets: &'static str,
    towns: &'static str,
    states: &'static str,
    short: &'static [(&'static str, &'static str)],
}

const IT: Words = Words {
    given: "Giuseppe Maria Giovanni Anna Antonio Francesca Marco Giulia Luca Chiara Andrea Sara Paolo Elena Roberto Laura Stefano Paola Alessandro Martina Salvatore Silvia Davide Federica Matteo Valentina Lorenzo Ilaria Simone Elisa Nicola Caterina Domenico Teresa Vincenzo Beatrice Riccardo Alessia Emanuele Ginevra Tommaso Arianna Gaetano Ludovica Fiorenzo Ornella Ruggero Loredana",
    family: "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa Giordano Mancini Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale Lombardo Serra Coppola",
    ends: &["ini", "etti", "elli", "one", "ucci", "ato", "isi", "oni"],
    stems: "Bast Cav Dolf Fab Gald Lor Mass Nard Orl Pagn Quart Sald Tarq Vann Zamb Bell Card Frig Mart Pell Sant Torr Ugol Vis",
    streets: &["Via", "Viale", "Corso", "Piazza", "Vicolo"],
    of_streets: "Garibaldi Mazzini Cavour Dante Verdi Marconi Matteotti Leopardi Manzoni Petrarca Galvani Volta Torricelli Fermi Pascoli Carducci Alfieri Foscolo Bixio Mameli Palestro Solferino Magenta Aosta Savona Ancona Trieste Gorizia Udine Pavia",
    towns: "Torrealta Castelmonte Fiumara Vallechiara Roccanova Montebello Pieveverde Borgosanto Acquafredda Pontelungo Serravalle Campolieto Collefiorito Villabruna Portochiaro",
    states: "TO MI RM NA FI BO GE",
    short: &[
        ("Giuseppe", "Beppe"),
        ("Francesca", "Franca"),
        ("Alessandro", "Sandro"),
        ("Salvatore", "Totò"),
        ("Domenico", "Mimmo"),
        ("Vincenzo", "Enzo"),
        ("Roberto", "Robi"),
        ("Beatrice", "Bea"),
    ],
};

const ES: Words = Words {
    given: "María José Antonio Carmen Manuel Ana Francisco Isabel David Laura Juan Cristina Javier Marta Daniel Lucía Carlos Pilar Jesús Raquel Alejandro Elena Miguel Sara Rafael Paula Pedro Rocío Pablo Beatriz Ángel Nuria Sergio Silvia Fernando Inés Jorge Amparo Luis Remedios Alberto Montserrat Íñigo Ainhoa Gorka Eider",
    family: "García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco Molina Morales Suárez Ortega Delgado Castro Ortiz Rubio Marín Sanz Núñez Iglesias Medina",
    ends: &["ez", "ero", "ales", "ido", "osa", "arte", "ondo", "uri"],
    stems: "Arag Bald Carb Escal Fuent Gald Herr Ib Jord Lazc Mend Olab Pald Quint Rec Sald Tap Urb Vald Zab Etx Goñ",
    streets: &["Calle", "Avenida", "Plaza", "Paseo", "Ronda"],
    of_streets: "Cervantes Goya Velázquez Colón Quevedo Lepanto Bailén Serrano Atocha Toledo Segovia Granada Murcia Almería Huesca Teruel Soria Cuenca Zamora Lugo Picasso Gaudí Machado Lorca Unamuno Galdós Bécquer Olivares Floridablanca Jovellanos",
    towns: "Villanueva Fuentealta Torreblanca Riosanto Montesclaros Aldeaverde Campohondo Peñarrubia Valdeoro Castrillo Lagunilla Pozoblanco Navalsol Puertollano Arroyomar",
    states: "Madrid Sevilla Valencia Málaga Burgos Vizcaya",
    short: &[
        ("Francisco", "Paco"),
        ("José", "Pepe"),
        ("Manuel", "Manolo"),
        ("Isabel", "Isa"),
        ("Jesús", "Chus"),
        ("Alejandro", "Álex"),
        ("Rafael", "Rafa"),
        ("Montserrat", "Montse"),
    ],
};

const PL: Words = Words {
    given: "Anna Piotr Katarzyna Krzysztof Małgorzata Andrzej Agnieszka Tomasz Barbara Paweł Ewa Marcin Krystyna Michał Magdalena Jan Elżbieta Grzegorz Joanna Jerzy Zofia Tadeusz Aleksandra Adam Monika Łukasz Teresa Zbigniew Danuta Ryszard Natalia Dariusz Karolina Henryk Marta Mariusz Dorota Kazimierz Beata Wojciech Bożena Mieczysław Wiesława Bogumił Stanisława Przemysław",
    family: "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur Kwiatkowski Krawczyk Piotrowski Grabowski Nowakowski Pawłowski Michalski Adamczyk Dudek Zając Wieczorek Jabłoński Król Majewski Olszewski Stępień",
    ends: &["owicz", "ewski", "czyk", "ak", "iński", "ek", "uk", "ała"],
    stems: "Bart Chmiel Drozd Figl Gaj Hryn Jasz Kłos Lip Matus Niem Ordon Pilch Rogal Sob Trzas Ulan Wawrz Zdr Bogdan Cich Dobrz Krup Świer",
    streets: &["ul.", "al.", "os.", "pl."],
    of_streets: "Długa Krótka Polna Leśna Ogrodowa Lipowa Słoneczna Szkolna Łąkowa Brzozowa Kwiatowa Kościelna Sosnowa Parkowa Akacjowa Mickiewicza Słowackiego Sienkiewicza Reymonta Kopernika Chopina Moniuszki Kochanowskiego Prusa Norwida Sikorskiego Traugutta Poniatowskiego Matejki Reja",
    towns: "Zielonka Brzezinki Nowodwór Starogard Wysokie Jasionka Podgórze Lipowiec Krasnystok Miłosław Dąbrowice Olszanka Rudniki Kamionka Świerków",
    states: "",
    short: &[
        ("Katarzyna", "Kasia"),
        ("Małgorzata", "Gosia"),
        ("Agnieszka", "Aga"),
        ("Tomasz", "Tomek"),
        ("Krzysztof", "Krzysiek"),
        ("Joanna", "Asia"),
        ("Aleksandra", "Ola"),
        ("Elżbieta", "Ela"),
    ],
};

const KR: Words = Words {
    given: "민준 서연 도윤 지우 예준 서현 시우 하은 주원 민서 지호 지유 준서 윤서 건우 채원 현우 수아 우진 지민 선우 다은 지훈 은서 유준 예은 승우 소율 연우 지아 정우 하린 승현 나은 준혁 유진 영수 미경 성호 은주 동현 정숙 상철 혜진 재훈 보람",
    family: "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 전 홍 고 문 양 손 배 백 허 유 남 심 노 하 곽 성 차 주 우 구 민 진 나 지 엄 채 원 천 방 공 현",
    ends: &[""],
    stems: "",
    streets: &["로", "길", "대로"],
    of_streets: "테헤란 강남 논현 봉은사 도산 학동 언주 선릉 역삼 삼성 영동 양재 효령 사평 신반포 잠원 동작 여의 국회 의사당 마포 홍익 연세 세종 종 을지 퇴계 남대문 한강 이태원",
    towns: "강남구 서초구 송파구 마포구 종로구 수성구 해운대구 유성구 분당구 덕양구 연수구 남동구",
    states: "서울특별시 부산광역시 대구광역시 경기도 인천광역시",
    short: &[],
};

const PT: Words = Words {
    given: "Maria José António Ana João Manuel Isabel Carlos Paulo Luís Fernanda Pedro Rui Teresa Sofia Miguel Helena Nuno Marta Ricardo Catarina Tiago Inês Joaquim Beatriz Fernando Margarida Vítor Filipa Hugo Leonor Gonçalo Rita Duarte Matilde Rodrigo Lurdes Artur Benedita Salvador Constança Martim Graça Olívia Belmiro",
    family: "Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Jesus Sousa Fernandes Gonçalves Gomes Lopes Marques Alves Almeida Ribeiro Pinto Carvalho Teixeira Moreira Correia Mendes Nunes Soares Vieira Monteiro Cardoso Rocha",
    ends: &["eira", "ares", "ais", "inho", "osa", "ela", "ino", "al"],
    stems: "Abr Barr Cald Dour Esp Fig Gouv Laj Mesq Nog Palm Quint Rab Seix Tav Val Cerv Lim",
    streets: &["Rua", "Avenida", "Praça", "Travessa", "Largo"],
    of_streets: "Camões Pessoa Garrett Herculano Bocage Eça Queirós Pombal Albuquerque Magalhães Gama Cabral Aljubarrota Liberdade República Alegria Carmo Trindade Loreto Graça Estrela Lapa Bonfim Cedofeita Boavista",
    towns: "Vilarinho Montemor Alcântara Ribeirão Pedreira Penacova Carvalhal Fontinha Valverde Outeiro Moinhos Castanheira Freixo Azinhal Sobreira Covelo Lameira Quintela Barroca Cortiça",
    states: "Lisboa Porto Braga Faro Leiria",
    short: &[
        ("António", "Tó"),
        ("Francisco", "Chico"),
        ("José", "Zé"),
        ("Isabel", "Belinha"),
        ("Filipa", "Pipa"),
        ("Fernando", "Nando"),
    ],
};

const NL: Words = Words {
    given: "Jan Maria Johannes Anna Cornelis Johanna Hendrik Elisabeth Willem Cornelia Pieter Wilhelmina Gerrit Hendrika Jacobus Catharina Daan Emma Sem Julia Lucas Sophie Milan Lotte Bram Sanne Thijs Fleur Ruben Anouk Sander Marloes Joost Femke Wouter Ingrid Maarten Saskia Jeroen Esther Bas Mirjam Koen Nienke",
    family: "Jong Jansen Vries Berg Dijk Bakker Janssen Visser Smit Meijer Boer Mulder Groot Bos Vos Peters Hendriks Leeuwen Dekker Brouwer Wit Dijkstra Smits Graaf Meer Linden Kok Jacobs Haan Vermeulen",
    ends: &["stra", "man", "huis", "kamp", "veld", "inga", "ers", "mans"],
    stems: "Ach Boer Den Ek Fok Graaf Hof Iep Kool Lam Moer Noor Oud Poel Riet Spoor Twee Veen Wier Zand",
    streets: &["straat", "weg", "laan", "plein", "kade"],
    of_streets: "Dorps Kerk School Molen Julia Beatrix Wilhelmina Oranje Nassau Vondel Rembrandt Vermeer Hals Steen Linden Eiken Berken Beuken Kastanje Olmen Haven Markt Stations Singel Erasmus",
    towns: "Oosterveen Westdam Noordhoek Zuidbroek Veenwijk Molenrade Harlingen Duinzicht Rietkerk Boekelo Grasdorp Waterland Steenwoude Heidestad Polderdam Kromhout Zandvoorde Elsloo Lindenheuvel Brugveen",
    states: "",
    short: &[
        ("Johannes", "Hans"),
        ("Hendrik", "Henk"),
        ("Elisabeth", "Els"),
        ("Cornelis", "Kees"),
        ("Wilhelmina", "Mien"),
        ("Willem", "Wim"),
        ("Jacobus", "Koos"),
    ],
};

const TR: Words = Words {
    given: "Mehmet Fatma Mustafa Ayşe Ahmet Emine Ali Hatice Hüseyin Zeynep Hasan Elif İbrahim Meryem İsmail Şerife Osman Zehra Yusuf Sultan Murat Hanife Ömer Merve Ramazan Havva Halil Büşra Süleyman Esra Abdullah Özlem Mahmut Yasemin Recep Özge Salih Gülsüm Fatih Dilek Kadir Songül Emre Tuğba Hakan Pınar",
    family: "Yılmaz Kaya Demir Çelik Şahin Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek Polat Korkmaz Çakır Erdoğan Acar Güneş Aksoy Avcı Bulut Güler",
    ends: &["oğlu", "er", "can", "soy", "kan", "tekin", "türk", "baş"],
    stems: "Ak Bay Dem Er Gök Kara Öz Sarı Taş Yurt Boz Çam Dur Güm İn Kor Sel Top",
    streets: &["Caddesi", "Sokak", "Bulvarı"],
    of_streets: "Atatürk İnönü Cumhuriyet İstiklal Barbaros Mithatpaşa Gazi Fevzi Çakmak Lale Gül Menekşe Zambak Papatya Çınar Kavak Söğüt Ihlamur Bahar Deniz Güneş Yıldız Zafer Fatih Mimar Sinan",
    towns: "Yenişehir Akpınar Karatepe Gölbaşı Yeşilova Kızılay Çamlıca Dereköy Ovacık Kayabaşı Pınarbaşı Sarıyar Tepecik Bağlarbaşı Çiftlik Esentepe Güneşli Ihlamurkuyu Kuleli Mezra",
    states: "İstanbul Ankara İzmir Bursa Antalya",
    short: &[("Mustafa", "Mıstık"), ("Fatma", "Fatoş"), ("İbrahim", "İbo"), ("Zeynep", "Zeyno")],
};

const SE: Words = Words {
    given: "Erik Maria Lars Anna Karl Margareta Anders Elisabeth Johan Eva Per Kristina Nils Birgitta Jan Karin Mikael Marie Lennart Ingrid Hans Christina Olof Sofia Gunnar Kerstin Sven Lena Fredrik Helena Bengt Marianne Bo Emma Daniel Johanna Gustav Linnea Åke Sara Göran Ulla Alexander Gunilla Magnus Astrid",
    family: "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Jansson Hansson Bengtsson Jönsson Lindberg Jakobsson Magnusson Olofsson Lindström Lindqvist Lindgren Berg Axelsson Bergström Lundberg Lind Lundgren Lundqvist",
    ends: &["ström", "gren", "kvist", "man", "ell", "lund", "berg", "dahl"],
    stems: "Ahl Björk Dal Ek Forss Gran Hag Käll Ljung Mal Nord Palm Ros Sand Strand Söder Vik Ås Öst Alm",
    streets: &["gatan", "vägen", "gränd", "stigen"],
    of_streets: "Stor Kungs Drottning Kyrko Skol Ring Park Björk Gran Tall Ek Linden Sjö Berg Dal Ängs Skogs Hamn Fiskar Smed Kvarn Ström Industri Östra Västra",
    towns: "Norrvik Söderås Björkhamn Granby Ekdalen Sjöstad Lundby Åkersholm Västerfors Östervåla Hagaby Tallmo Kvarnsjö Strandby Almvik Rosenlund Ängelfors Skogstorp Mörkö Bergsjö",
    states: "",
    short: &[
        ("Margareta", "Greta"),
        ("Elisabeth", "Lisa"),
        ("Mikael", "Micke"),
        ("Birgitta", "Gittan"),
        ("Kristina", "Stina"),
        ("Lars", "Lasse"),
    ],
};

impl Land {
    fn words(self) -> &'static Words {
        match self {
            Self::It => &IT,
            Self::Es => &ES,
            Self::Pl => &PL,
            Self::Kr => &KR,
            Self::Pt => &PT,
            Self::Nl => &NL,
            Self::Tr => &TR,
            Self::Se => &SE,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::It => "IT",
            Self::Es => "ES",
            Self::Pl => "PL",
            Self::Kr => "KR",
            Self::Pt => "PT",
            Self::Nl => "NL",
            Self::Tr => "TR",
            Self::Se => "SE",
        }
    }
}

fn split(words: &'static str) -> Vec<&'static str> {
    words.split(' ').collect()
}

/// What is true of a person, before anybody writes it.
#[derive(Clone)]
struct Person {
    land: Land,
    given: String,
    family: String,
    /// The second family name of a Spaniard.
    mother: String,
    home: Home,
    phone: String,
    alias: String,
}

#[derive(Clone)]
struct Home {
    land: Land,
    kind: &'static str,
    street: String,
    number: usize,
    unit: Option<usize>,
    town: &'static str,
    state: &'static str,
    postal: String,
}

fn family(dice: &mut Dice, land: Land) -> String {
    let words = land.words();
    if land == Land::Kr || dice.percent(45) {
        return dice.first(&split(words.family)).to_owned();
    }
    format!("{}{}", dice.one(&split(words.stems)), dice.one(words.ends))
}

fn home(dice: &mut Dice, land: Land) -> Home {
    let words = land.words();
    let digits = 10_000 + dice.below(88_000);
    let longest = if dice.percent(70) { 60 } else { 300 };
    let postal = match land {
        Land::Pl => format!("{:02}-{:03}", digits / 1_000, digits % 1_000),
        Land::Pt => format!("{:04}-{:03}", digits / 10, dice.below(1_000)),
        Land::Nl => {
            let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
            format!("{:04} {}{}", digits / 10, letter(dice.below(26)), letter(dice.below(26)))
        }
        Land::Se => format!("{:03} {:02}", digits / 100, digits % 100),
        _ => format!("{digits}"),
    };
    Home {
        land,
        kind: dice.one(words.streets),
        street: dice.one(&split(words.of_streets)).to_owned(),
        number: 1 + dice.below(longest),
        unit: dice.percent(55).then(|| 1 + dice.below(if land == Land::Kr { 1_500 } else { 40 })),
        town: dice.one(&split(words.towns)),
        state: dice.one(&split(words.states)),
        postal,
    }
}

fn phone(dice: &mut Dice, land: Land) -> String {
    let number = 1_000_000 + dice.below(8_999_999);
    let head = 10 + dice.below(89);
    match (land, dice.below(3)) {
        (Land::It, 0) => format!("+39 3{head} {number}"),
        (Land::It, _) => format!("3{head}{number}"),
        (Land::Es, 0) => format!("+34 6{}{number}", head % 10),
        (Land::Es, _) => format!("6{}{number}", head % 10),
        (Land::Pl, 0) => format!("+48 5{}{number}", head % 10),
        (Land::Pl, _) => format!("5{}{number}", head % 10),
        (Land::Pt, 0) => format!("+351 9{}{number}", head % 10),
        (Land::Pt, _) => format!("9{}{number}", head % 10),
        (Land::Nl, 0) => format!("+31 6 {}{number}", head % 10),
        (Land::Nl, _) => format!("06-{}{number}", head % 10),
        (Land::Tr, 0) => format!("+90 5{head} {number}"),
        (Land::Tr, _) => format!("05{head}{number}"),
        (Land::Se, 0) => format!("+46 7{}{number}", head % 10),
        (Land::Se, _) => format!("07{}-{number}", head % 10),
        (Land::Kr, 0) => format!("+82 10-{}-{}", 2_000 + head * 70, number % 10_000),
        (Land::Kr, _) => format!("010-{}-{:04}", 2_000 + head * 70, number % 10_000),
    }
}

fn alias(dice: &mut Dice) -> String {
    format!("{:013x}@marketplace.amazon.example", dice.roll() >> 12)
}

fn person(dice: &mut Dice, lands: &[Land]) -> Person {
    let land = dice.one(lands);
    let mut given = dice.first(&split(land.words().given)).to_owned();
    if matches!(land, Land::It | Land::Se) && dice.percent(8) {
        given = format!("{given} {}", dice.one(&split(land.words().given)));
    }
    let two = matches!(land, Land::Es | Land::Pt);
    let mother = if two { family(dice, land) } else { String::new() };
    let mut family = family(dice, land);
    if land == Land::Nl && dice.percent(25) {
        family = format!("{} {family}", dice.one(&["van", "de", "van der", "van den"]));
    }
    let home = home(dice, land);
    let (phone, alias) = (phone(dice, land), alias(dice));
    Person { land, given, family, mother, home, phone, alias }
}

impl Person {
    fn name(&self) -> String {
        match self.land {
            Land::Kr => format!("{}{}", self.family, self.given),
            Land::Es => format!("{} {} {}", self.given, self.family, self.mother),
            // The mother's comes first.
            Land::Pt => format!("{} {} {}", self.given, self.mother, self.family),
            _ => format!("{} {}", self.given, self.family),
        }
    }

    fn moved(&mut self, dice: &mut Dice) {
        self.home = home(dice, self.land);
    }
}

/// A slip of the pen in one place.
fn slip(dice: &mut Dice, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 5 {
        return text.to_owned();
    }
    let at = 1 + dice.below(letters.len() - 2);
    match dice.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        _ => letters[at] = dice.one(&['a', 'e', 'i', 'o', 'n', 'r', 's', 't']),
    }
    letters.into_iter().collect()
}

/// Without accents, as many keyboards have it.
fn plain(text: &str) -> String {
    let of = |letter: char| match letter {
        'á' | 'à' | 'ą' => 'a',
        'Á' => 'A',
        'é' | 'è' | 'ę' => 'e',
        'í' | 'ì' => 'i',
        'Í' => 'I',
        'ó' | 'ò' => 'o',
        'ú' | 'ù' => 'u',
        'ñ' | 'ń' => 'n',
        'ã' | 'â' | 'å' | 'ä' => 'a',
        'Å' | 'Ä' => 'A',
        'ê' => 'e',
        'õ' | 'ô' | 'ö' => 'o',
        'Ö' => 'O',
        'ü' => 'u',
        'ç' => 'c',
        'Ç' => 'C',
        'ş' => 's',
        'Ş' => 'S',
        'ğ' => 'g',
        'ı' => 'i',
        'İ' => 'I',
        'ł' => 'l',
        'Ł' => 'L',
        'ś' => 's',
        'Ś' => 'S',
        'ż' | 'ź' => 'z',
        'ć' => 'c',
        other => other,
    };
    text.chars().map(of).collect()
}

/// How a name is written on one occasion.
fn written_name(dice: &mut Dice, person: &Person, noise: Option<Noise>) -> String {
    let (noisy, noise) = (noise.is_some(), noise.unwrap_or(SOME));
    let (mut given, mut family) = (person.given.clone(), person.family.clone());
    if person.land == Land::Kr {
        return if dice.percent(30) { format!("{family} {given}") } else { person.name() };
    }
    let mut mother = person.mother.clone();
    if noisy {
        let short = person.land.words().short.iter().find(|(whole, _)| *whole == given);
        if let Some((_, short)) = short.filter(|_| dice.percent(noise.short)) {
            (*short).clone_into(&mut given);
        }
        if dice.percent(3) {
            given = format!("{}.", given.chars().next().unwrap_or('A'));
        }
        if dice.percent(noise.slip) {
            family = slip(dice, &family);
        }
        if dice.percent(noise.slip / 2) {
            given = slip(dice, &given);
        }
        if dice.percent(45) {
            mother.clear();
        }
    }
    let family = match person.land {
        _ if mother.is_empty() => family,
        Land::Pt => format!("{mother} {family}"),
        _ => format!("{family} {mother}"),
    };
    let mut name = match dice.below(20) {
        0 if noisy => format!("{family} {given}"),
        1 if noisy => format!("{family}, {given}"),
        _ => format!("{given} {family}"),
    };
    if noisy && dice.percent(noise.plain) {
        name = plain(&name);
    }
    if noisy && dice.percent(noise.upper) {
        name = name.to_uppercase();
    }
    name
}

fn lines(dice: &mut Dice, home: &Home, noisy: bool) -> [String; 2] {
    let Home { kind, number, unit, .. } = home;
    let mut street = home.street.clone();
    if noisy && dice.percent(8) {
        street = slip(dice, &street);
    }
    if noisy && dice.percent(25) {
        street = plain(&street);
    }
    let unit = unit.filter(|_| !noisy || !dice.percent(10));
    let way = if noisy { dice.below(6) } else { 0 };
    match home.land {
        Land::It => {
            let kind = match (*kind, way) {
                ("Via", 1) => "V.",
                ("Viale", 1) => "V.le",
                ("Corso", 1) => "C.so",
                ("Piazza", 1) => "P.zza",
                (kind, _) => kind,
            };
            let comma = if way == 2 { "," } else { "" };
            let unit = unit.map(|unit| match way {
                3 => format!("int {unit}"),
                _ => format!("Int. {unit}"),
            });
            [format!("{kind} {street}{comma} {number}"), unit.unwrap_or_default()]
        }
        Land::Es => {
            let kind = match (*kind, way) {
                ("Calle", 1 | 2) => "C/",
                ("Avenida", 1 | 2) => "Avda.",
                ("Plaza", 1) => "Pza.",
                ("Paseo", 1) => "Pº",
                (kind, _) => kind,
            };
            let door = |unit: usize| {
                let letter = char::from(b'A' + u8::try_from(unit % 4).unwrap_or(0));
                format!("{}º {letter}", 1 + unit / 4)
            };
            let unit = unit.map(door).unwrap_or_default();
            match way {
                3 if !unit.is_empty() => {
                    [format!("{kind} {street}, {number}, {unit}"), String::new()]
                }
                4 => [format!("{kind} {street} nº {number}"), unit],
                _ => [format!("{kind} {street}, {number}"), unit],
            }
        }
        Land::Pl => {
            let kind = if way == 1 { "" } else { kind };
            let number = match (unit, way) {
                (Some(unit), 2) => format!("{number} m. {unit}"),
                (Some(unit), 3) => format!("{number} m {unit}"),
                (Some(unit), _) => format!("{number}/{unit}"),
                (None, _) => format!("{number}"),
            };
            [format!("{kind} {street} {number}").trim().to_owned(), String::new()]
        }
        Land::Pt => {
            let kind = match (*kind, way) {
                ("Rua", 1 | 2) => "R.",
                ("Avenida", 1 | 2) => "Av.",
                ("Praça", 1) => "Pç.",
                ("Travessa", 1) => "Tv.",
                (kind, _) => kind,
            };
            let side = |unit: usize| match unit % 3 {
                0 => "Esq",
                1 => "Dto",
                _ => "Frt",
            };
            let unit = unit.map(|unit| format!("{}º {}", 1 + unit / 3, side(unit)));
            let unit = unit.unwrap_or_default();
            match way {
                3 if !unit.is_empty() => {
                    [format!("{kind} {street}, {number} {unit}"), String::new()]
                }
                _ => [format!("{kind} {street}, {number}"), unit],
            }
        }
        Land::Nl => {
            let end = if way == 1 && *kind == "straat" { "str." } else { kind };
            let letter = |unit: usize| char::from(b'A' + u8::try_from(unit % 26).unwrap_or(0));
            let number = match (unit, way) {
                (Some(unit), 2) => format!("{number} {}", letter(unit)),
                (Some(unit), 3) => format!("{number}-{}", letter(unit)),
                (Some(unit), _) => format!("{number}{}", letter(unit)),
                (None, _) => format!("{number}"),
            };
            [format!("{street}{end} {number}"), String::new()]
        }
        Land::Tr => {
            let kind = match (*kind, way) {
                ("Caddesi", 1 | 2) => "Cad.",
                ("Sokak", 1 | 2) => "Sok.",
                ("Bulvarı", 1) => "Blv.",
                (kind, _) => kind,
            };
            let unit = match (unit, way) {
                (Some(unit), 3) => format!("D:{unit}"),
                (Some(unit), _) => format!("Daire {unit}"),
                (None, _) => String::new(),
            };
            let line = format!("{street} {kind} No: {number}");
            if way == 4 && !unit.is_empty() {
                [format!("{line} {unit}"), String::new()]
            } else {
                [line, unit]
            }
        }
        Land::Se => {
            let unit = unit.map(|unit| match way {
                1 => format!("Lgh {}", 1_000 + unit),
                _ => format!("lgh {}", 1_000 + unit),
            });
            let unit = unit.unwrap_or_default();
            if way == 2 && !unit.is_empty() {
                [format!("{street}{kind} {number} {unit}"), String::new()]
            } else {
                [format!("{street}{kind} {number}"), unit]
            }
        }
        Land::Kr => {
            let unit = unit.map(|unit| match way {
                1 => format!("{}동 {}호", 101 + unit % 7, unit),
                _ => format!("{}동{}호", 101 + unit % 7, unit),
            });
            let unit = unit.unwrap_or_default();
            let street = format!("{street}{kind} {number}");
            if way == 2 && !unit.is_empty() {
                [format!("{street} {unit}"), String::new()]
            } else {
                [street, unit]
            }
        }
    }
}

fn row(id: String, fields: [(&str, String); 10]) -> Row {
    let mut row: Row = fields.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
    row.insert("id".to_owned(), id);
    row
}

/// What one order of a person shows. A listed person is entered without noise.
fn shown(dice: &mut Dice, id: String, person: &Person, noise: Option<Noise>) -> Row {
    let noisy = noise.is_some();
    let name = written_name(dice, person, noise);
    let [addr1, addr2] = lines(dice, &person.home, noisy);
    let home = &person.home;
    let mut postal = home.postal.clone();
    if noisy && dice.percent(4) {
        postal = slip(dice, &postal);
    }
    let lacks = |dice: &mut Dice, chance: usize| noisy && dice.percent(chance);
    let keep = |lacks: bool, text: &str| if lacks { String::new() } else { text.to_owned() };
    let postal = keep(lacks(dice, 4), &postal);
    let town = if lacks(dice, 20) { home.town.to_uppercase() } else { home.town.to_owned() };
    let recipient = match dice.below(20) {
        0..=6 => String::new(),
        7 if noisy => {
            // A gift.
            let mut other = person.clone();
            dice.first(&split(person.land.words().given)).clone_into(&mut other.given);
            written_name(dice, &other, None)
        }
        _ => name.clone(),
    };
    let phone = keep(dice.percent(noise.unwrap_or(SOME).no_phone), &person.phone);
    row(
        id,
        [
            ("buyer_name", name),
            ("recipient_name", recipient),
            ("email_alias", keep(lacks(dice, 15), &person.alias)),
            ("phone", phone),
            ("addr1", addr1),
            ("addr2", addr2),
            ("city", town),
            ("state", keep(lacks(dice, 25), home.state)),
            ("postal", postal),
            ("country", home.land.code().to_owned()),
        ],
    )
}

/// Makes one.
pub fn made(size: &Size) -> Scenario {
    let mut dice = Dice(size.seed);
    let dice = &mut dice;
    let noise = size.noise;
    let forwarders: Vec<Home> =
        (0..4).map(|n| Home { unit: None, number: 900 + n, ..home(dice, size.lands[0]) }).collect();
    let customer = |dice: &mut Dice| {
        let mut of = person(dice, size.lands);
        of.home = Home { unit: Some(100 + dice.below(9_000)), ..forwarders[dice.below(4)].clone() };
        of
    };
    let mut listed: Vec<Person> = (0..size.listed).map(|_| person(dice, size.lands)).collect();
    for _ in 0..size.listed / 25 {
        let at = dice.below(listed.len());
        listed[at] = customer(dice);
    }
    let mut orders: Vec<(Row, &str, usize)> = Vec::new();
    let id = |orders: &Vec<(Row, &str, usize)>| format!("H{}", orders.len());
    for n in 0..size.matches {
        let at = (n * 7 + dice.below(7)) % size.listed;
        let mut of = listed[at].clone();
        if dice.percent(noise.moved) {
            of.moved(dice);
        }
        if dice.percent(noise.other_phone) {
            of.phone = phone(dice, of.land);
        }
        if dice.percent(noise.other_alias) {
            of.alias = alias(dice);
        }
        let order = shown(dice, id(&orders), &of, Some(noise));
        orders.push((order, "match", at));
    }
    for n in 0..size.honest {
        let mut of = person(dice, size.lands);
        if n % 40 == 0 {
            // A neighbour of somebody listed, in another flat.
            let home = &listed[dice.below(size.listed)].home;
            of.home = Home { unit: home.unit.map(|unit| unit + 1 + dice.below(9)), ..home.clone() };
        }
        let order = shown(dice, id(&orders), &of, Some(noise));
        orders.push((order, "honest", 0));
    }
    for _ in 0..size.households {
        let at = dice.below(size.listed);
        let mut of = listed[at].clone();
        let before = of.given.clone();
        while of.given == before {
            dice.first(&split(of.land.words().given)).clone_into(&mut of.given);
        }
        of.alias = alias(dice);
        of.phone = phone(dice, of.land);
        let mut order = shown(dice, id(&orders), &of, Some(noise));
        // Nobody sends a gift to the one who is listed.
        let buyer = order["buyer_name"].clone();
        order.entry("recipient_name".to_owned()).and_modify(|to| {
            if !to.is_empty() {
                *to = buyer;
            }
        });
        if of.land != Land::Kr && dice.percent(6) {
            let initial = of.given.chars().next().unwrap_or('A');
            order.insert("buyer_name".to_owned(), format!("{initial}. {}", of.family));
            order.insert("recipient_name".to_owned(), String::new());
        }
        orders.push((order, "household", 0));
    }
    let mut bearers: HashMap<String, usize> = HashMap::new();
    for (order, _, _) in &orders {
        *bearers.entry(order["buyer_name"].clone()).or_default() += 1;
    }
    for _ in 0..size.namesakes {
        let mut of = listed[dice.below(size.listed)].clone();
        if dice.percent(70) {
            // Of eight, the one whose name is the commonest.
            let drawn: Vec<usize> = (0..8).map(|_| dice.below(size.listed)).collect();
            let common = |at: &usize| bearers.get(&listed[*at].name()).copied().unwrap_or(0);
            of = listed[drawn.into_iter().max_by_key(common).unwrap_or(0)].clone();
        }
        of.moved(dice);
        of.phone = phone(dice, of.land);
        of.alias = alias(dice);
        let order = shown(dice, id(&orders), &of, Some(noise));
        orders.push((order, "namesake", 0));
    }
    for _ in 0..size.forwarded {
        let of = customer(dice);
        let order = shown(dice, id(&orders), &of, Some(noise));
        orders.push((order, "forwarder", 0));
    }
    let truth = |(order, kind, at): &(Row, &str, usize)| {
        let flagged = if *kind == "match" { format!("L{at}") } else { String::new() };
        let fields = [("kind", (*kind).to_owned()), ("flagged_id", flagged)];
        let row: Row = fields.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        (order["id"].clone(), row)
    };
    Scenario {
        name: size.name.to_owned(),
        truth: orders.iter().map(truth).collect(),
        flagged: (0..).zip(&listed).map(|(n, of)| shown(dice, format!("L{n}"), of, None)).collect(),
        orders: orders.into_iter().map(|(order, _, _)| order).collect(),
    }
}
