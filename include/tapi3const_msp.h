// SPDX-License-Identifier: MIT
/* tapi3const_msp.h - enumerations of media service providers, conferences and directories. */
#ifndef TAPI3CONST_MSP_H
#define TAPI3CONST_MSP_H

/** What an MSP says of an address. */
typedef enum MSP_ADDRESS_EVENT {
	ADDRESS_TERMINAL_AVAILABLE = 0,
	ADDRESS_TERMINAL_UNAVAILABLE = 1,
} MSP_ADDRESS_EVENT;

/** What an MSP says of a call. */
typedef enum MSP_CALL_EVENT {
	CALL_NEW_STREAM = 0,
	CALL_STREAM_FAIL = 1,
	CALL_TERMINAL_FAIL = 2,
	CALL_STREAM_NOT_USED = 3,
	CALL_STREAM_ACTIVE = 4,
	CALL_STREAM_INACTIVE = 5,
} MSP_CALL_EVENT;

/** Why. */
typedef enum MSP_CALL_EVENT_CAUSE {
	CALL_CAUSE_UNKNOWN = 0,
	CALL_CAUSE_BAD_DEVICE = 1,
	CALL_CAUSE_CONNECT_FAIL = 2,
	CALL_CAUSE_LOCAL_REQUEST = 3,
	CALL_CAUSE_REMOTE_REQUEST = 4,
	CALL_CAUSE_MEDIA_TIMEOUT = 5,
	CALL_CAUSE_MEDIA_RECOVERED = 6,
	CALL_CAUSE_QUALITY_OF_SERVICE = 7,
} MSP_CALL_EVENT_CAUSE;

/** Kinds of an MSP's events. TSP_DATA carries a block for the TSP. */
typedef enum MSP_EVENT {
	ME_ADDRESS_EVENT = 0,
	ME_CALL_EVENT = 1,
	ME_TSP_DATA = 2,
	ME_PRIVATE_EVENT = 3,
	ME_ASR_TERMINAL_EVENT = 4,
	ME_TTS_TERMINAL_EVENT = 5,
	ME_FILE_TERMINAL_EVENT = 6,
	ME_TONE_TERMINAL_EVENT = 7,
} MSP_EVENT;

/** Directions of a pluggable terminal class. */
typedef enum TMGR_DIRECTION {
	TMGR_TD_CAPTURE = 1,
	TMGR_TD_RENDER = 2,
	TMGR_TD_BOTH = 3,
} TMGR_DIRECTION;

/** What a participant of a conference tells of itself. */
typedef enum PARTICIPANT_TYPED_INFO {
	PTI_CANONICALNAME = 0,
	PTI_NAME = 1,
	PTI_EMAILADDRESS = 2,
	PTI_PHONENUMBER = 3,
	PTI_LOCATION = 4,
	PTI_TOOL = 5,
	PTI_NOTES = 6,
	PTI_PRIVATE = 7,
} PARTICIPANT_TYPED_INFO;

/** What happened to a participant. */
typedef enum PARTICIPANT_EVENT {
	PE_NEW_PARTICIPANT = 0,
	PE_INFO_CHANGE = 1,
	PE_PARTICIPANT_LEAVE = 2,
	PE_NEW_SUBSTREAM = 3,
	PE_SUBSTREAM_REMOVED = 4,
	PE_SUBSTREAM_MAPPED = 5,
	PE_SUBSTREAM_UNMAPPED = 6,
	PE_PARTICIPANT_TIMEOUT = 7,
	PE_PARTICIPANT_RECOVERED = 8,
	PE_PARTICIPANT_ACTIVE = 9,
	PE_PARTICIPANT_INACTIVE = 10,
	PE_LOCAL_TALKING = 11,
	PE_LOCAL_SILENT = 12,
} PARTICIPANT_EVENT;

/** Which kind of format capabilities. */
typedef enum StreamConfigCapsType {
	AudioStreamConfigCaps = 0,
	VideoStreamConfigCaps = 1,
} StreamConfigCapsType;

/** Whether a control can be set by hand or automatically. */
typedef enum TAPIControlFlags {
	TAPIControl_Flags_None = 0,
	TAPIControl_Flags_Auto = 1,
	TAPIControl_Flags_Manual = 2,
} TAPIControlFlags;

/** Measures of a stream. */
typedef enum StreamQualityProperty {
	StreamQuality_MaxBitrate = 0,
	StreamQuality_CurrBitrate = 1,
	StreamQuality_MinFrameInterval = 2,
	StreamQuality_AvgFrameInterval = 3,
} StreamQualityProperty;

/** Measures of a call. */
typedef enum CallQualityProperty {
	CallQuality_ControlInterval = 0,
	CallQuality_ConfBitrate = 1,
	CallQuality_MaxInputBitrate = 2,
	CallQuality_CurrInputBitrate = 3,
	CallQuality_MaxOutputBitrate = 4,
	CallQuality_CurrOutputBitrate = 5,
	CallQuality_MaxCPULoad = 6,
	CallQuality_CurrCPULoad = 7,
} CallQualityProperty;

/** Controls of an audio device. */
typedef enum AudioDeviceProperty {
	AudioDevice_DuplexMode = 0,
	AudioDevice_AutomaticGainControl = 1,
	AudioDevice_AcousticEchoCancellation = 2,
} AudioDeviceProperty;

/** Settings of an audio terminal. */
typedef enum AudioSettingsProperty {
	AudioSettings_SignalLevel = 0,
	AudioSettings_SilenceThreshold = 1,
	AudioSettings_Volume = 2,
	AudioSettings_Balance = 3,
	AudioSettings_Loudness = 4,
	AudioSettings_Treble = 5,
	AudioSettings_Bass = 6,
	AudioSettings_Mono = 7,
} AudioSettingsProperty;

/** Whether a sender hears its own multicast. */
typedef enum MULTICAST_LOOPBACK_MODE {
	MM_NO_LOOPBACK = 0,
	MM_FULL_LOOPBACK = 1,
	MM_SELECTIVE_LOOPBACK = 2,
} MULTICAST_LOOPBACK_MODE;

/** Kinds of directories. */
typedef enum DIRECTORY_TYPE {
	DT_NTDS = 1,
	DT_ILS = 2,
} DIRECTORY_TYPE;

/** Kinds of entries in a directory. */
typedef enum DIRECTORY_OBJECT_TYPE {
	OT_CONFERENCE = 1,
	OT_USER = 2,
} DIRECTORY_OBJECT_TYPE;

/** How far an announcement goes. */
typedef enum RND_ADVERTISING_SCOPE {
	RAS_LOCAL = 1,
	RAS_SITE = 2,
	RAS_REGION = 3,
	RAS_WORLD = 4,
} RND_ADVERTISING_SCOPE;

#endif
