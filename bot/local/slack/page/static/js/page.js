// Starts the page's scripts. Everything listens on the document, so parts that arrive later need no set-up.
import { startComposers } from "./composer.js";
import { startDialogs } from "./dialogs.js";
import { startMenus } from "./menus.js";
import { startMessages } from "./messages.js";
import { startMorphing } from "./morph.js";
import { startPresses } from "./presses.js";
import { startSelects } from "./select.js";
import { startTables } from "./tables.js";
import { startTheme } from "./theme.js";

startMorphing();
startTheme();
startMenus();
startSelects();
startComposers();
startDialogs();
startPresses();
startMessages();
startTables();
document.documentElement.dataset.ready = "true";
