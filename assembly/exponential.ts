/** The vectors' exponential alone: held against its twin, and the test of what an engine can do. */
export { expOf } from "./exp";
