"""Field encryption, pinyin, the clock, the embedded database: tools without domain words. Kept small."""
