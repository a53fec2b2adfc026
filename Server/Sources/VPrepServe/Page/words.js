// The page's own words, in the language of the reader.

const english = "en";
let words = {};

/** The language of the words as a BCP 47 tag. */
export let language = english;

/** A text by its name, with values in place of its blanks. */
export function word(name, values = {}) {
  return (words[name] ?? name).replace(/{(\w+)}/g, (blank, key) => values[key] ?? blank);
}

// The language among those that there are which serves a BCP 47 tag; Traditional Chinese is another one.
function serving(tag, languages) {
  const asked = new Intl.Locale(tag).maximize();
  return languages.find((known) => {
    const locale = new Intl.Locale(known).maximize();
    return locale.language === asked.language && locale.script === asked.script;
  });
}

/** The language of the address (`?lang=th`) or of the browser, among those that there are. */
export function preferred(languages) {
  const asked = new URLSearchParams(location.search).get("lang");
  for (const tag of [asked, ...navigator.languages]) {
    try {
      const found = tag && serving(tag, languages);
      if (found) return found;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // no language at all
    }
  }
  return english;
}

/** Says everything on the page in a language: elements name their words. */
export async function speak(wanted) {
  const response = await fetch(`words.${wanted}.json`);
  if (!response.ok) return;
  const catalogue = await response.json();
  words = catalogue.words;
  language = catalogue.language;
  const root = document.documentElement;
  root.lang = language;
  root.dir = catalogue.direction;
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = word(element.dataset.word, element.dataset);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
  }
}
