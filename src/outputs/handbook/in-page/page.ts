// What handbook.html does in a browser: it searches itself, opens its contents on a telephone, and says where a chart can be moved, and makes the list of one
// person.
import { followContents } from './contents.js';
import { offerLists } from './list.js';
import { offerSearch } from './search.js';
import { signCharts } from './signs.js';

offerSearch();
followContents();
signCharts();
offerLists();
