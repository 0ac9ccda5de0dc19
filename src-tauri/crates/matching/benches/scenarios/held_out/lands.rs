//! Names, towns and streets of the lands of `known`, the commonest first.

#[derive(Clone, Copy, PartialEq)]
pub enum Land {
    It,
    Es,
    Pl,
    Kr,
    Pt,
    Nl,
    Tr,
    Se,
}

pub struct Words {
    pub given: &'static str,
    pub family: &'static str,
    pub ends: &'static [&'static str],
    pub stems: &'static str,
    pub streets: &'static [&'static str],
    pub of_streets: &'static str,
    pub towns: &'static str,
    pub states: &'static str,
    pub short: &'static [(&'static str, &'static str)],
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
    pub fn words(self) -> &'static Words {
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

    pub fn code(self) -> &'static str {
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
