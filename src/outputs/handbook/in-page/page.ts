// What handbook.html does in a browser: it searches itself, opens its contents on a telephone, and says where a chart can be moved.
import { followContents } from './contents.js';
import { offerSearch } from './search.js';
import { signCharts } from './signs.js';

offerSearch();
followContents();
signCharts();
