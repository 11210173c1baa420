/** The messages of the connection protocol. Source: RFC 4254, section 9. */
export const MessageType = {
  globalRequest: 80,
  requestSuccess: 81,
  requestFailure: 82,
  channelOpen: 90,
  channelOpenConfirmation: 91,
  channelOpenFailure: 92,
  channelWindowAdjust: 93,
  channelData: 94,
  channelExtendedData: 95,
  channelEof: 96,
  channelClose: 97,
  channelRequest: 98,
  channelSuccess: 99,
  channelFailure: 100,
} as const;

/** Why a channel was not opened. Source: RFC 4254, section 5.1. */
export const OpenFailure = {
  administrativelyProhibited: 1,
  unknownChannelType: 3,
  resourceShortage: 4,
} as const;
