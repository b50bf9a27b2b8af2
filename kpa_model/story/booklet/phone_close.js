"use strict";
// Closing without WebCrypto, which browsers keep from pages that come by plain HTTP: P-256 (FIPS 186-4), SHA-256
// (FIPS 180-4), HKDF (RFC 5869), AES-256-GCM (FIPS 197, SP 800-38D). One key, drawn for one message, then forgotten.
const sansAide = (() => {
  const joints = (...parts) => {
    const tout = new Uint8Array(parts.reduce((total, each) => total + each.length, 0));
    let at = 0;
    for (const each of parts) { tout.set(each, at); at += each.length; }
    return tout;
  };

  const premiers = [];
  for (let n = 2; premiers.length < 64; n += 1) { if (premiers.every((p) => n % p)) { premiers.push(n); } }
  const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) >>> 0;
  const K = premiers.map((p) => fraction(Math.cbrt(p)));
  const tourne = (x, n) => (x >>> n) | (x << (32 - n));

  function sha256(octets) {
    const etat = premiers.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
    const plein = new Uint8Array(((octets.length + 8) >> 6 << 6) + 64);
    plein.set(octets);
    plein[octets.length] = 0x80;
    const vue = new DataView(plein.buffer), mots = new Uint32Array(64);
    vue.setUint32(plein.length - 8, Math.floor(octets.length / 2 ** 29));
    vue.setUint32(plein.length - 4, octets.length << 3);
    for (let debut = 0; debut < plein.length; debut += 64) {
      for (let i = 0; i < 64; i += 1) {
        if (i < 16) { mots[i] = vue.getUint32(debut + 4 * i); continue; }
        const x = mots[i - 15], y = mots[i - 2];
        mots[i] = mots[i - 16] + (tourne(x, 7) ^ tourne(x, 18) ^ (x >>> 3)) + mots[i - 7] + (tourne(y, 17) ^ tourne(y, 19) ^ (y >>> 10));
      }
      let [a, b, c, d, e, f, g, h] = etat;
      for (let i = 0; i < 64; i += 1) {
        const un = (h + (tourne(e, 6) ^ tourne(e, 11) ^ tourne(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + mots[i]) | 0;
        const deux = ((tourne(a, 2) ^ tourne(a, 13) ^ tourne(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [a, b, c, d, e, f, g, h] = [(un + deux) | 0, a, b, c, (d + un) | 0, e, f, g];
      }
      [a, b, c, d, e, f, g, h].forEach((x, i) => { etat[i] = (etat[i] + x) | 0; });
    }
    const fini = new DataView(new ArrayBuffer(32));
    etat.forEach((x, i) => fini.setUint32(4 * i, x));
    return new Uint8Array(fini.buffer);
  }

  function hmac(cle, octets) {
    const bloc = new Uint8Array(64);
    bloc.set(cle.length > 64 ? sha256(cle) : cle);
    return sha256(joints(bloc.map((x) => x ^ 0x5c), sha256(joints(bloc.map((x) => x ^ 0x36), octets))));
  }

  const hkdf = (secret, sel, info) => hmac(hmac(sel, secret), joints(info, new Uint8Array([1])));

  const double = (x) => ((x << 1) ^ (x & 0x80 ? 0x11b : 0)) & 0xff;
  const boite = new Uint8Array(256);
  for (let p = 1, q = 1, i = 0; i < 255; i += 1) {  // p goes through 3^i, q through its inverse
    p ^= double(p);
    q ^= q << 1; q ^= q << 2; q ^= q << 4; q &= 0xff; if (q & 0x80) { q ^= 0x09; }
    boite[p] = q ^ (q << 1 | q >> 7) ^ (q << 2 | q >> 6) ^ (q << 3 | q >> 5) ^ (q << 4 | q >> 4) ^ 0x63;
  }
  boite[0] = 0x63;

  function tours(cle) {
    const w = joints(cle, new Uint8Array(208));
    for (let i = 32, rang = 1; i < 240; i += 4) {
      let mot = [...w.subarray(i - 4, i)];
      if (i % 32 === 0) {
        mot = [boite[mot[1]] ^ rang, boite[mot[2]], boite[mot[3]], boite[mot[0]]];
        rang = double(rang);
      } else if (i % 32 === 16) { mot = mot.map((x) => boite[x]); }
      mot.forEach((x, j) => { w[i + j] = w[i + j - 32] ^ x; });
    }
    return w;
  }

  function chiffre(w, bloc) {
    let s = bloc.map((x, i) => x ^ w[i]);
    for (let tour = 1; tour <= 14; tour += 1) {
      const t = s.map((_, i) => boite[s[(i + 4 * (i % 4)) % 16]]);
      s = t.map((x, i) => {
        if (tour === 14) { return x ^ w[16 * tour + i]; }
        const a = t.subarray(i & 12, (i & 12) + 4), r = i % 4;
        return double(a[r]) ^ double(a[(r + 1) % 4]) ^ a[(r + 1) % 4] ^ a[(r + 2) % 4] ^ a[(r + 3) % 4] ^ w[16 * tour + i];
      });
    }
    return s;
  }

  const nombre = (octets) => octets.reduce((total, x) => total * BigInt(256) + BigInt(x), BigInt(0));
  const octetsDe = (n, longueur) => Uint8Array.from({ length: longueur }, (_, i) => Number((n >> BigInt(8 * (longueur - 1 - i))) & BigInt(255)));
  const ZERO = BigInt(0), UN = BigInt(1), R = BigInt("0xe1") << BigInt(120);

  function ghash(h, octets) {
    const table = [h];  // h, h·x, h·x²…
    for (let i = 1; i < 128; i += 1) { const v = table[i - 1]; table.push(v & UN ? (v >> UN) ^ R : v >> UN); }
    let y = ZERO;
    for (let debut = 0; debut < octets.length; debut += 16) {
      const x = octetsDe(y ^ nombre(octets.subarray(debut, debut + 16)), 16);
      y = ZERO;
      for (let i = 0; i < 128; i += 1) { if (x[i >> 3] & (0x80 >> (i & 7))) { y ^= table[i]; } }
    }
    return y;
  }

  function aesGcm(cle, nonce, clair) {
    const w = tours(cle), compteur = joints(nonce, new Uint8Array([0, 0, 0, 1])), clos = new Uint8Array(clair.length);
    const debut = chiffre(w, compteur), vue = new DataView(compteur.buffer);
    for (let at = 0; at < clair.length; at += 16) {
      vue.setUint32(12, vue.getUint32(12) + 1);
      const masque = chiffre(w, compteur);
      for (let i = 0; i < 16 && at + i < clair.length; i += 1) { clos[at + i] = clair[at + i] ^ masque[i]; }
    }
    const longueurs = octetsDe(BigInt(clair.length) * BigInt(8), 16);
    const sceau = ghash(nombre(chiffre(w, new Uint8Array(16))), joints(clos, new Uint8Array((16 - clair.length % 16) % 16), longueurs));
    return joints(clos, octetsDe(sceau ^ nombre(debut), 16));
  }

  const P = BigInt("0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
  const N = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  const G = [
    BigInt("0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
    BigInt("0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"),
  ];
  const mod = (x) => ((x % P) + P) % P;

  function inverse(x) {
    let [a, b, u, v] = [mod(x), P, UN, ZERO];
    while (a > UN) { const q = b / a; [a, b, u, v] = [b - q * a, a, v - q * u, u]; }
    return mod(u);
  }

  function somme(a, b) {
    if (!a || !b) { return a || b; }
    const memes = a[0] === b[0];
    if (memes && mod(a[1] + b[1]) === ZERO) { return null; }
    const pente = memes ? mod((BigInt(3) * a[0] * a[0] - BigInt(3)) * inverse(BigInt(2) * a[1])) : mod((b[1] - a[1]) * inverse(b[0] - a[0]));
    const x = mod(pente * pente - a[0] - b[0]);
    return [x, mod(pente * (a[0] - x) - a[1])];
  }

  function fois(k, point) {
    let total = null;
    for (let reste = k, ajout = point; reste > ZERO; reste >>= UN, ajout = somme(ajout, ajout)) { if (reste & UN) { total = somme(total, ajout); } }
    return total;
  }

  function secret() {
    for (;;) {
      const k = nombre(crypto.getRandomValues(new Uint8Array(32)));
      if (k > ZERO && k < N) { return k; }
    }
  }

  function fermer(point, info, clair) {
    const k = secret(), mien = fois(k, G);
    const commun = fois(k, [nombre(point.subarray(1, 33)), nombre(point.subarray(33, 65))]);
    const cle = joints(new Uint8Array([4]), octetsDe(mien[0], 32), octetsDe(mien[1], 32));
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    return { cle, nonce, ferme: aesGcm(hkdf(octetsDe(commun[0], 32), cle, info), nonce, clair) };
  }

  return { sha256, hkdf, aesGcm, fois, G, fermer };
})();
