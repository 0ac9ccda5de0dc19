//! Names that are common, and short forms of them.
//!
//! Written for this program from general knowledge of each language; shares are orders of
//! magnitude.

use crate::normalise::text::is_cjk;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Share of names with a word of which nothing is known.
pub(crate) const UNKNOWN: f64 = 1.0 / 8_000.0;

/// Share of names with a given name of which no more is known than that people bear it.
const SOME: f64 = 1.0 / 1_000.0;

/// Share of names with the word, as an order of magnitude, before the shop's own orders say more.
pub(crate) fn share_of_name(word: &str) -> f64 {
    let known = COMMON.get(word).copied().or_else(|| share_of_ideographs(word));
    known.unwrap_or_else(|| if GIVEN.contains(word) { SOME } else { UNKNOWN })
}

/// Share of a whole name of two or three ideographs or syllables: families are few, and given names of one sign fewer
/// still.
fn share_of_ideographs(word: &str) -> Option<f64> {
    if word.is_ascii() || !word.chars().all(is_cjk) {
        return None;
    }
    match word.chars().count() {
        2 => Some(1.0 / 1_000.0),
        3 => Some(1.0 / 4_000.0),
        _ => None,
    }
}

/// Whether people bear the word as a given name or, commonly, as a family name.
pub(crate) fn is_name(word: &str) -> bool {
    GIVEN.contains(word) || COMMON.contains_key(word)
}

/// Whether two given names are short or pet forms of one.
pub(crate) fn same_given(one: &str, other: &str) -> bool {
    let of = |word| NICKNAMES.get(word).map(Vec::as_slice).unwrap_or_default();
    of(one).iter().any(|group| of(other).contains(group))
}

/// Other given names that are short or pet forms of this one, or it of them.
pub(crate) fn short_forms(name: &str) -> impl Iterator<Item = &'static str> {
    let own = NICKNAMES.get(name).map(Vec::as_slice).unwrap_or_default();
    let known = if own.is_empty() { None } else { Some(NICKNAMES.iter()) };
    let shares =
        move |(_, groups): &(&&'static str, &Vec<_>)| groups.iter().any(|g| own.contains(g));
    known.into_iter().flatten().filter(shares).map(|(word, _)| *word)
}

static COMMON: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    let mut shares = HashMap::new();
    for (share, words) in COMMON_WORDS {
        for word in words.split_ascii_whitespace() {
            shares.insert(word, *share);
        }
    }
    shares
});

static GIVEN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let common = GIVEN_NAMES.iter().flat_map(|(_, words)| words.split_ascii_whitespace());
    let short = NICKNAME_GROUPS.iter().flat_map(|group| group.split_ascii_whitespace());
    common.chain(short).collect()
});

static NICKNAMES: LazyLock<HashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut groups: HashMap<&str, Vec<u16>> = HashMap::new();
    for (number, group) in (0..).zip(NICKNAME_GROUPS) {
        for word in group.split_ascii_whitespace() {
            groups.entry(word).or_default().push(number);
        }
    }
    groups
});

/// Family names by their share of all names.
const COMMON_WORDS: &[(f64, &str)] = &[
    (0.008, "smith garcia nguyen kim lee wang li zhang chen liu singh khan"),
    (
        0.004,
        "johnson williams brown jones davis miller wilson martin martinez rodriguez hernandez lopez gonzalez anderson thomas taylor moore jackson white muller schmidt schneider fischer weber meyer wagner becker schulz hoffmann bernard dubois durand rossi russo ferrari esposito yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo patel tran",
    ),
    (
        0.002,
        "perez thompson harris sanchez clark ramirez lewis robinson walker young allen king wright scott torres hill flores green adams nelson baker hall rivera campbell mitchell carter roberts evans hughes edwards wood robert richard petit moreau laurent simon michel lefebvre leroy roux david bertrand morel fournier girard bonnet koch bauer richter klein wolf schroder neumann schwarz zimmermann braun kruger hofmann hartmann lange bianchi romano colombo ricci marino greco bruno gallo conti fernandez alvarez diaz gomez jimenez ruiz moreno munoz alonso",
    ),
    (0.03, "michael james john robert david william mary maria"),
    (
        0.015,
        "richard joseph thomas christopher charles daniel matthew anthony mark jennifer jessica elizabeth patricia linda sarah peter paul andreas stefan anna jose juan antonio francisco marie jean philippe",
    ),
    (
        0.007,
        "steven andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob nicholas gary eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry barbara susan karen lisa nancy sandra betty ashley emily kimberly margaret donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma brenda pamela nicole anna samantha katherine christine helen debra rachel carolyn janet catherine thomas wolfgang klaus jurgen hans martin markus christian sabine susanne petra monika andrea nathalie isabelle nicolas pierre michel giuseppe marco francesco giovanni carmen ana manuel pedro carlos luis",
    ),
];

/// Given names by language. Two of them, however alike, are two people.
const GIVEN_NAMES: &[(&str, &str)] = &[
    (
        "en",
        "aaron abby abigail adam adrian aidan alan albert alex alexa alexander alexandra alexis alfred alice alicia alison allan allen allison alyssa amanda amber amelia amy andre andrea andrew andy angela angelina anita ann anna anne annie anthony antonio april ariel arthur ashley audrey austin ava barbara barry beatrice ben benjamin bernard beth bethany betty beverly bill billy blake bob bobby bonnie brad bradley brandon brandy brenda brent brett brian brianna brittany brooke bruce bryan bryce caitlin caleb calvin cameron carl carla carlos carmen carol caroline carolyn carrie casey cassandra catherine cathy cecilia chad charlene charles charlie charlotte chase chelsea cheryl chester chloe chris christian christina christine christopher christy cindy claire clara clarence claudia clayton clifford clinton cody colin colleen connie connor corey courtney craig cristina crystal curtis cynthia daisy dale damian dan dana daniel danielle danny darius darlene darren daryl dave david dawn dean deanna debbie deborah debra dennis derek derrick desiree diana diane diego dominic don donald donna dora doris dorothy doug douglas duane dustin dylan earl eddie edgar edith edna eduardo edward edwin eileen elaine eleanor elena eli elijah elizabeth ella ellen elliot emily emma emmanuel eric erica erik erika erin ernest esther ethan eugene eva evan evelyn faith felicia felix fernando finn florence frances francis francisco frank franklin fred frederick gabriel gabriela gabrielle gail garrett gary gavin gene geoffrey george georgia gerald gerard gina gladys glen glenn gloria gordon grace graham grant greg gregory guy gwendolyn hailey hannah harold harriet harry harvey hazel heather hector heidi helen henry herbert holly hope howard hugh hugo hunter ian ida irene iris isaac isabel isabella isabelle isaiah ivan jack jackie jackson jaclyn jacob jacqueline jade jake james jamie jane janet janice jared jasmine jason javier jay jean jeanette jeff jeffery jeffrey jenna jennifer jenny jeremiah jeremy jerome jerry jesse jessica jesus jill jillian jim jimmy jo joan joann joanna joanne jocelyn jodi joe joel john johnny jon jonah jonathan jordan jorge jose joseph josephine joshua joy joyce juan juanita judith judy julia julian juliana julie julio june justin kaitlyn kara karen karina karl kate katelyn katherine kathleen kathryn kathy katie katrina kayla keith kelley kelli kelly kelsey ken kendra kenneth kerry kevin kim kimberly kirk kristen kristi kristin kristina kristine kristy krystal kurt kyle lance larry laura lauren laurie lawrence leah leo leon leonard leroy leslie lewis liam lillian lily linda lindsay lindsey lisa lloyd logan lois lori lorraine louis louise lucas lucia lucille lucy luis luke lydia lynn mackenzie madeline madison marc marcia marco marcus margaret maria mariah marie marilyn mario marion marissa marjorie mark marlene marsha marshall martha martin marvin mary mason mathew matt matthew maureen maurice max maxwell megan meghan melanie melinda melissa melvin mercedes meredith mia michael michaela micheal michele michelle miguel mildred milton miranda misty mitchell molly monica monique morgan nancy naomi natalie natasha nathan nathaniel neil nicholas nichole nicolas nicole nina noah nora norma norman olivia oscar owen paige pam pamela pat patricia patrick paul paula pauline pedro peggy penny perry peter philip phillip phyllis preston priscilla rachael rachel ralph ramon randall randy raquel ray raymond rebecca regina rene renee rhonda ricardo richard rick ricky rita robert roberta roberto robin rodney roger roland ron ronald ronnie rosa rose rosemary ross roy ruben ruby russell ruth ryan sabrina sally sam samantha samuel sandra sandy sara sarah savannah scott sean sebastian sergio seth shane shannon shari sharon shaun shawn sheila shelby shelley shelly sherri sherry sheryl shirley sierra simon sonia sophia sophie spencer stacey stacy stanley stella stephanie stephen steve steven stuart sue summer susan suzanne sydney sylvia tamara tammy tanya tara taylor ted teresa terrance terri terry theodore theresa thomas tiffany tim timothy tina todd tom tommy toni tony tonya tracey traci tracy travis trevor tricia tristan troy tyler valerie vanessa vera vernon veronica vicki vickie victor victoria vincent viola violet virginia vivian wade wallace walter wanda warren wayne wendy wesley whitney william willie yolanda yvette yvonne zachary zoe",
    ),
    (
        "de",
        "achim adelheid agnes albrecht alexander alfons alois andrea andreas angelika anja anke anna anneliese annette antje anton armin arno astrid august axel barbara bastian beate benedikt berit bernd bernhard bettina bianca birgit birgitta bjorn brigitte britta bruno burkhard carina carla carmen carola carolin caroline carsten christa christel christian christiane christina christine christoph claudia clemens cornelia dagmar daniel daniela detlef dieter dietmar dietrich dirk dominik doris dorothea eberhard eckhard edgar edith egon elfriede elisabeth elke ellen elmar else emil emma erhard eric erich erika erna ernst erwin eugen eva evelyn fabian felix ferdinand florian frank franz franziska frauke friederike friedrich fritz gabi gabriele georg gerald gerda gerd gerhard gerlinde gert gertrud gisela gudrun gunter gunther gustav hannelore hannes hans harald hartmut heidemarie heidi heike heiko heiner heinrich heinz helene helga hella helmut henning herbert heribert hermann hilde hildegard holger horst hubert hugo ilona ilse ina ines inga inge ingeborg ingo ingrid irene iris irmgard isabell jan jana janina jasmin jens joachim jochen johann johanna johannes jonas jorg josef julia julian jurgen jutta kai karin karl karla karsten katharina kathrin katja katrin kerstin kirsten klara klaus konrad kurt lars laura lea leon leonie lena linda lisa lothar luca lucas ludwig luise lukas luzia lydia magdalena manfred manuela marc marcel marco margarete margit margot maria marianne marie marina marion mario markus marlene marlies marta martha martin martina mathias mathilde matthias max maximilian melanie meike michael michaela mirjam monika moritz nadine nadja natalie nicole niklas nils nina norbert olaf ole oliver oskar otto patrick patrizia paul paula peter petra philipp pia rainer ralf ralph regina reiner reinhard reinhold renate rene ricarda richard rita robert roland rolf rosa rosemarie roswitha rudi rudolf rupert ruth sabine sabrina sandra sara sascha sebastian siegfried sigrid silke silvia simon simone sofia sofie sonja sophia sophie stefan stefanie steffen susanne sven svenja sylvia tanja theodor theresa theo thomas thorsten tim timo tina tobias torsten udo ulf ulrich ulrike ursula ute uwe vera verena veronika viktoria volker waltraud walter werner wilfried wilhelm willi winfried wolfgang yvonne",
    ),
    (
        "fr",
        "adele adeline adrien agathe agnes aime aimee alain albert alex alexandra alexandre alexis alfred alice alix amelie anais andre andree anne annick antoine antoinette arnaud arthur astrid aude audrey augustin aurelie aurore axelle baptiste bastien beatrice benjamin benoit bernadette bernard bertrand brigitte bruno camille capucine carole caroline catherine cecile celine chantal charles charlotte chloe christelle christian christiane christine christophe claire claude claudine clemence clement colette constance corinne cyril damien daniel danielle david delphine denis denise diane didier dominique dorothee edith edouard eleonore elisabeth elise elodie emile emilie emma emmanuel emmanuelle eric estelle etienne eugene eugenie eva fabien fabrice fanny felix fernand florence florent francine francis franck francois francoise frederic frederique gabriel gabrielle gaelle gerard genevieve georges georgette germaine gilbert gilles gregoire gregory guillaume gustave guy helene henri henriette herve hugo hugues ines irene isaac isabelle jacqueline jacques jean jeanne jeannine jerome joel joelle josephine josette jules julie julien juliette justine karine laetitia laura laure laurence laurent lea leon leonie lionel louis louise luc lucas lucie lucien lucienne ludovic lydie madeleine maelle marc marcel marcelle margaux margot marguerite marianne marie marine marion marlene marthe martin martine mathieu mathilde matthieu maud maurice maxime melanie michel michele micheline mireille monique nadine nathalie nicolas nicole noel noemie odette odile olivia olivier pascal pascale patrice patricia patrick paul paulette pauline philippe pierre pierrette quentin rachel raymond raymonde regine remi renaud rene renee richard robert roger roland romain sabine sandrine sarah sebastien serge severine simon simone solange sophie stephane stephanie suzanne sylvain sylvie theo theodore therese thibault thibaut thierry thomas timothee tristan valentin valentine valerie veronique victor victoire vincent violette virginie vivien xavier yann yves yvette yvonne zoe",
    ),
    (
        "it",
        "adriana adriano alberto aldo alessandra alessandro alessia alessio alice andrea angela angelo anna annalisa antonella antonio arianna barbara beatrice bruno carla carlo carmela caterina chiara claudia claudio concetta cristian cristiana cristiano cristina daniela daniele dario davide debora diego domenico donatella eleonora elena elisa emanuela emanuele emilio enrico enzo erica ernesto fabio fabrizio federica federico filippo flavia franca francesca francesco franco gabriele gabriella gaetano giacomo gianluca gianni giorgia giorgio giovanna giovanni giulia giuliana giuliano giulio giuseppe giuseppina grazia guido ilaria irene ivan laura leonardo lisa lorenzo luca lucia luciana luciano luigi luisa manuela marcello marco margherita maria mariangela marina mario marta martina massimo matteo maurizio mauro michela michele mirko monica nicola nicoletta paola paolo patrizia piero pietro raffaella raffaele renata renato riccardo rita roberta roberto rocco rosa rosaria salvatore sandra sandro sara serena sergio silvana silvia simona simone sofia stefania stefano teresa tiziana tommaso umberto valentina valeria valerio veronica vincenzo vito vittoria vittorio",
    ),
    (
        "es",
        "adolfo adrian adriana agustin alba albert alberto alejandra alejandro alfonso alfredo alicia alvaro amparo ana andrea andres angel angela angeles antonia antonio araceli arturo beatriz belen benito blanca carlos carla carmen carolina catalina cesar clara claudia concepcion consuelo cristian cristina daniel daniela dario david diego dolores eduardo elena elisa elvira emilia emilio enrique ernesto esperanza esteban esther eugenia eugenio eva felipe felix fernanda fernando francisca francisco gabriel gabriela gerardo gloria gonzalo gregorio guillermo gustavo hector hugo ignacio inmaculada ines irene isabel ivan jaime javier jesus jimena joaquin jorge jose josefa josefina juan juana julia julian julio laura leonor lorena lucas lucia luis luisa magdalena manuel manuela marcos margarita maria mariano mario marina marta martin mateo mercedes miguel milagros miriam monica montserrat natalia nicolas nieves nuria olga oscar pablo patricia paula pedro pilar rafael ramon raquel raul ricardo roberto rocio rodrigo rosa rosario ruben salvador samuel sandra santiago sara sebastian sergio silvia sofia sonia susana teresa tomas valentina valeria vanesa vicente victor victoria virginia yolanda",
    ),
    (
        "zh",
        "wei fang na min jing li qiang lei jun yang yong yan jie juan tao ming chao xia ping gang ying hua jian bin bo hui fei yu xin hong lin ling mei dan ting xue yun kai hao chen peng long rui yi zhen tian lan ning han shan xiang",
    ),
    (
        "ja",
        "hiroshi takashi kenji akira makoto satoshi naoki daisuke takeshi kazuya yuki yuta shota kenta takuya tatsuya hideki koji jun ryo yoko keiko kyoko yumi yumiko mayumi naomi akiko kumiko hiroko emi ai mai misaki haruka nanami aya sakura",
    ),
];

/// Each line: one name and its short and pet forms, in several languages.
const NICKNAME_GROUPS: &[&str] = &[
    "glen glenn",
    "ann anne",
    "steven stephen",
    "brian bryan",
    "jon john",
    "mathew matthew",
    "phillip philip",
    "sara sarah",
    "jeffery jeffrey",
    "lindsay lindsey",
    "kristen kristin kirsten",
    "allan alan allen",
    "marc mark",
    "eric erik erich",
    "carl karl",
    "sean shaun shawn",
    "stacey stacy",
    "tracey tracy traci",
    "kelly kelley kelli",
    "debora deborah debra",
    "katherine kathryn catherine katharine",
    "megan meghan",
    "rachel rachael",
    "nichole nicole",
    "michele michelle",
    "lori laurie",
    "terri terry",
    "randall randy",
    "gunter gunther",
    "ralf ralph",
    "jurgen jorgen",
    "thorsten torsten",
    "mathias matthias",
    "karsten carsten",
    "claus klaus",
    "clara klara",
    "philip philipp philippe",
    "abigail abby abbie gail",
    "abraham abe bram",
    "albert al bert albrecht",
    "alexander alex alec sandy xander sascha sasha lex alejandro alessandro alexandre aleksandr oleksandr",
    "alexandra alex alexa sandra sandy lexi alejandra alessandra sascha sasha",
    "alfred al alf fred freddy alfredo",
    "alice ally allie alicia",
    "allison alison ally allie",
    "amanda mandy",
    "andrew andy drew andreas andre andres andrea",
    "angela angie angelika",
    "anna ann anne annie anita annika hannah nan nancy ania anya",
    "anthony tony anton antonio antoine ant",
    "antonia toni",
    "arthur art artie arturo",
    "barbara barb barbie babs bobbie",
    "bartholomew bart",
    "beatrice bea trixie beatriz",
    "benjamin ben benny benji",
    "bernard bernie barney bernd bernhard",
    "bradley brad",
    "brittany britt",
    "caroline carol carrie karoline carolin carolina",
    "catherine cathy cathie kate katie kathy kitty cat katherine kathryn katharina katrin kathrin katja caterina catalina ekaterina cate trina",
    "charles charlie chuck chas karl carl carlos carlo",
    "charlotte lotte charlie lottie",
    "christian chris cristian kris",
    "christina chris chrissy tina christine kristin kristina cristina christa kirsten",
    "christopher chris kris topher christoph christophe cristobal kit",
    "clifford cliff",
    "cynthia cindy",
    "daniel dan danny daniele",
    "danielle dani daniela",
    "david dave davey davide",
    "deborah deb debbie debra debora",
    "dennis denny denis",
    "dominic dom nick dominik dominique domenico domingo",
    "donald don donny",
    "dorothy dot dottie dolly dorothea dora",
    "douglas doug",
    "edward ed eddie ted teddy ned eduardo edouard eduard",
    "eleanor ellie nell nora ella eleonora eleonore",
    "elizabeth liz lizzie beth betty betsy bess eliza lisa elisabeth elise elsa lise libby lilibet elisabetta isabel",
    "emily em emmy emilie emilia",
    "emmanuel manny manuel emanuel manu",
    "eric rick erik erich",
    "ernest ernie ernst ernesto",
    "eugene gene eugen eugenio",
    "florence flo flora",
    "frances fran francie francesca francisca francoise franziska",
    "francis frank fran francesco francisco franz francois paco pancho franco",
    "franklin frank",
    "frederick fred freddie fritz friedrich federico frederic fredrik",
    "gabriel gabe gabriele",
    "gabrielle gabby gabi gabriele gabriella gabriela",
    "george georg jorge giorgio georges jurgen jorg yuri",
    "gerald gerry jerry gerard gerd gerhard gerardo",
    "geoffrey geoff jeff jeffrey jeffery gottfried",
    "gregory greg gregor gregoire gregorio",
    "guenter gunter gunther",
    "harold harry hal harald",
    "harry henry harold",
    "heinrich heinz heiner henry henri enrique enrico hank harry hal henrik",
    "helen helena helene elena nell nellie lena",
    "herbert herb bert",
    "howard howie",
    "isabella bella izzy isabel isabelle ysabel",
    "ignacio nacho",
    "jacob jake jakob jacques james giacomo jaime jim jimmy jamie diego santiago",
    "jacqueline jackie",
    "jennifer jen jenny jenn",
    "jeremy jeremiah jerry jem",
    "jessica jess jessie",
    "joanna jo joanne joann johanna giovanna juana jeanne jane jean",
    "joachim jochen achim joaquin",
    "john johnny jonnie johnnie jack jon johann johannes hans juan jean giovanni ivan ian sean jan hannes",
    "jonathan jon nathan jonny",
    "joseph joe joey josef jose giuseppe josep pepe beppe jupp",
    "josephine jo josie josefine josefina",
    "joshua josh",
    "judith judy judi jutta",
    "julia julie giulia jules",
    "katherine kat",
    "kenneth ken kenny",
    "kimberly kim",
    "klaus nikolaus claus nicholas",
    "lawrence larry laurence lars laurent lorenzo lorenz",
    "leonard leo len lenny leonardo leonhard",
    "leslie les",
    "louis lou luis luigi ludwig lewis louie",
    "louise lou luise luisa lulu",
    "lucas luke lukas luca luc",
    "madeline maddie madeleine magdalena lena",
    "manfred manni fred",
    "margaret maggie meg peggy marge margie margarete margarita margherita marguerite greta gretchen rita daisy margot peg madge marga",
    "maria mary marie mia mitzi molly polly maureen miriam mariah mariana",
    "mark marc marco markus marcus marcos",
    "martin marty martino",
    "martha marta",
    "matthew matt matthias mathias matthieu mathieu matteo mateo matty",
    "maximilian max massimiliano maxim maxime maxwell",
    "megan meg meghan",
    "melissa mel missy lissa",
    "melanie mel",
    "michael mike mick mickey mitch michel michele miguel mikhail misha micheal",
    "michelle shelly michele",
    "mitchell mitch",
    "nancy nan",
    "natalie nat natalia natasha nathalie",
    "nathaniel nathan nat nate",
    "nicholas nick nicky nico nicolas nikolaus klaus niklas claus nicola niels nils",
    "nicole nicky nikki nicola",
    "oliver ollie olivier",
    "olivia liv livvy",
    "pamela pam",
    "patricia pat patty tricia trish patrizia",
    "patrick pat paddy patrice patrizio patricio",
    "paul pablo paolo pavel pawel",
    "peter pete pedro pietro pierre piotr petr pyotr",
    "philip phil phillip philipp philippe felipe filippo",
    "rachel rach rachael raquel",
    "ralph ralf rolf rudolf",
    "raymond ray raimund ramon",
    "rebecca becky becca",
    "reginald reg reggie",
    "richard rick ricky dick rich richie ricardo riccardo",
    "robert bob bobby rob robbie bert roberto rupert robin",
    "roberta bobbie",
    "ronald ron ronnie ronaldo",
    "rosemary rose rosie rosemarie",
    "rudolf rudi rolf",
    "russell russ",
    "samantha sam",
    "samuel sam sammy",
    "sarah sally sadie sara",
    "sebastian seb bastian sebastien basti",
    "siegfried siggi sigi",
    "stanley stan",
    "stephanie steph stefanie stephi steffi stefania estefania",
    "stephen steve steven stefan stephan steffen stefano stephane esteban etienne stevie",
    "susan sue susie suzanne susanne susanna susana suzie",
    "sofia sophia sophie sofie",
    "tamara tammy",
    "teresa theresa terry tess tessa therese resi tracy",
    "theodore ted teddy theo theodor",
    "thomas tom tommy tomas tommaso thom",
    "timothy tim timmy timo",
    "ulrich uli ulli",
    "ursula uschi ulla",
    "valerie val",
    "victor vic viktor vittorio",
    "victoria vicky tori viktoria vittoria",
    "vincent vince vinny vincenzo vicente",
    "walter walt wally",
    "waltraud traudl",
    "wilhelm willi william bill billy will guillermo guillaume guglielmo liam wilhelm willem wim",
    "wolfgang wolf",
    "zachary zach zack",
    "dmitri dimitri dima",
    "vladimir volodymyr vova",
    "mikhail michail",
    "yevgeny evgeny eugene evgeni",
    "sergey sergei sergio serge",
    "mohammed muhammad mohamed mohammad mehmet muhammed mo",
    "ahmed ahmad ahmet",
    "yusuf youssef joseph yousef",
    "ibrahim abraham",
    "ali aly",
    "hassan hasan",
    "hussein husain hossein huseyin",
    "anastasia stacy stacey ana nastya",
    "henrietta hetty etta",
    "heather hetty",
    "joseph jody",
    "harriet hattie",
    "lucille lucy",
    "virginia ginny",
    "veronica ronnie",
    "wallace wally",
    "eugenia gina",
    // Italian.
    "giuseppe peppe pino peppino",
    "giovanni gianni",
    "domenico mimmo",
    "francesca franca",
    "alessandro sandro",
    "salvatore toto turi",
    "vincenzo enzo",
    "lorenzo renzo",
    "luigi gigi gino",
    "antonio tonino nino",
    "filippo pippo",
    "roberto robi",
    "federico fede",
    "federica fede",
    "valentina vale",
    "caterina rina",
    "elisabetta betta",
    "raffaele lello",
    // Spanish.
    "francisco curro kiko",
    "francisca paca paqui",
    "jose chema",
    "josefa pepa",
    "manuel manolo manu lolo",
    "isabel isa",
    "jesus chus",
    "alejandro jandro",
    "rafael rafa",
    "montserrat montse",
    "dolores lola loli",
    "concepcion concha conchi",
    "rosario charo",
    "enrique quique",
    "eduardo edu",
    "mercedes merche",
    "consuelo chelo",
    "pilar pili",
    "antonio tono toni",
    "alberto beto",
    "roberto beto",
    "gregorio goyo",
    "guadalupe lupe",
    // Polish.
    "katarzyna kasia kaska",
    "malgorzata gosia malgosia",
    "agnieszka aga",
    "aleksandra ola",
    "aleksander olek",
    "tomasz tomek",
    "krzysztof krzysiek",
    "joanna asia joasia",
    "elzbieta ela",
    "jan janek",
    "piotr piotrek",
    "michal michalek",
    "barbara basia",
    "maria marysia",
    "magdalena magda",
    "zofia zosia",
    "grzegorz grzesiek",
    "jerzy jurek",
    "stanislaw staszek",
    "kazimierz kazik",
    "wojciech wojtek",
    "zbigniew zbyszek",
    "tadeusz tadek",
    "ryszard rysiek",
    "dariusz darek",
    "danuta danka",
    "urszula ula",
    "wladyslaw wladek",
    "jadwiga jadzia",
    "przemyslaw przemek",
    "bartosz bartek",
    "bartlomiej bartek",
    "jakub kuba",
];
