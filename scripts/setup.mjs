import { setUp } from './lib.mjs';

setUp();
