#!/bin/sh
# Makes the fallback voice pack of the hall's board: one short clip a word, from the formant synthesiser espeak-ng.
# Needs the Debian packages espeak-ng, sox and opus-tools. Usage: installer/voice.sh [FOLDER]
set -eu
cd "$(dirname "$0")/.."
pack=${1:-sync/server/pages/voice}
mkdir -p "$pack"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

finish() { # NAME: the raw sound becomes a clip without silence at either end, all equally loud
    sox -q "$work/raw.wav" -r 24000 -c 1 "$work/clip.wav" \
        silence 1 0.005 0.4% fade 0.005 reverse silence 1 0.005 0.4% fade 0.01 reverse gain -n -3
    opusenc --quiet --speech --bitrate 20 --comp 10 --serial 1 "$work/clip.wav" "$pack/$1.ogg"
}

pinyin() { # NAME SYLLABLES
    espeak-ng -v cmn-latn-pinyin+f2 -s 145 -g 1 -w "$work/raw.wav" "$2"
    finish "$1"
}

letter() { # the voice knows pinyin, not the names of letters: those are read as halls read them
    espeak-ng -v en-us+f2 -s 135 -w "$work/raw.wav" "$1"
    finish "$1"
}

pinyin qing "qing3"
pinyin hao "hao4"
pinyin dao "dao4"
pinyin hao-chuang-kou "hao4 chuang1 kou3"
pinyin shi "shi2"
pinyin bai "bai3"
n=0
for syllable in ling2 yi1 er4 san1 si4 wu3 liu4 qi1 ba1 jiu3; do
    pinyin "$n" "$syllable"
    n=$((n + 1))
done
letters="A B C D E F G H J K L M N P R S T U V W X Y Z"
for each in $letters; do letter "$each"; done
sox -q -n -r 24000 -c 1 -b 16 "$work/clip.wav" synth 0.7 sine 1046 sine 1568 fade l 0.005 0.7 0.6 gain -n -9
opusenc --quiet --bitrate 24 --serial 1 "$work/clip.wav" "$pack/chime.ogg"

{
    printf '{\n  "name": "espeak-ng",\n  "language": "zh-CN",\n  "gap_ms": 60,\n  "clips": {\n'
    printf '    "叮": "chime.ogg",\n    "请": "qing.ogg",\n    "号": "hao.ogg",\n    "到": "dao.ogg",\n'
    printf '    "号窗口": "hao-chuang-kou.ogg",\n    "十": "shi.ogg",\n    "百": "bai.ogg"'
    for each in 0 1 2 3 4 5 6 7 8 9 $letters; do printf ',\n    "%s": "%s.ogg"' "$each" "$each"; done
    printf '\n  }\n}\n'
} >"$pack/manifest.json"
