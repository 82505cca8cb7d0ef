/** The portal's mark: a shield with three rising rungs. Decoration; the text beside it speaks. */
export function PortalMark() {
  return (
    <svg width={28} height={28} viewBox="0 0 32 32" aria-hidden>
      <path
        d="M16 2 4 7v8c0 7.4 5 12.9 12 15 7-2.1 12-7.6 12-15V7z"
        fill="none"
        stroke="currentColor"
        strokeWidth={2.5}
      />
      <path d="M9 21v-4h3v4zm5.5 0v-8h3v8zm5.5 0V9h3v12z" fill="currentColor" />
    </svg>
  );
}
