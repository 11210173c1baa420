import type { PluginName } from './find-folder.ts';
import { azureAd } from './plugins/azure-ad.ts';
import { duoMfa } from './plugins/duo-mfa.ts';
import { fqdnauth } from './plugins/fqdnauth.ts';
import { hashicorpVault } from './plugins/hashicorp-vault.ts';
import { inweboMfa } from './plugins/inwebo-mfa.ts';
import { oktaMfa } from './plugins/okta-mfa.ts';
import { onelogin } from './plugins/onelogin.ts';
import { pingid } from './plugins/pingid.ts';
import { safeguard } from './plugins/safeguard.ts';
import { skeletonAa } from './plugins/skeleton-aa.ts';
import type { RealPlugin } from './real-plugin.ts';

export const realPlugins: Record<PluginName, RealPlugin> = {
  'skeleton-aa': skeletonAa,
  'duo-mfa': duoMfa,
  'okta-mfa': oktaMfa,
  'hashicorp-vault': hashicorpVault,
  safeguard,
  fqdnauth,
  'inwebo-mfa': inweboMfa,
  pingid,
  onelogin,
  'azure-ad': azureAd,
};
