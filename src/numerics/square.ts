/** x^2, which `**` leaves to the engine. */
export const square = (x: number): number => x * x;
