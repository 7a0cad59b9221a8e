/**
 * Whose verdict is wanted. `assay`: ours, stricter where the reference lets through what is plainly a mistake (an empty file, a
 * text of blanks, a key that no tool reads, a check that a comment in the file switches off). `instructlab`: exactly that of
 * instructlab-schema.
 */
export type Profile = 'assay' | 'instructlab';
