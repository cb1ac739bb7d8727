# SPDX-License-Identifier: MIT
# limits.awk - C files of more than 600 lines and functions of more than 60, with their heads. Says which; exits with 1.
function file_ends()
{
	if (lines > FILE_MAX)
		complain(file ": " lines " lines, more than " FILE_MAX)
}

function complain(text)
{
	print text
	failed = 1
}

BEGIN { FILE_MAX = 600; FUNCTION_MAX = 60 }
FNR == 1 { file_ends(); file = FILENAME; head = start = 0 }
{ lines = FNR }
/^$/ { head = 0 }
/^[A-Za-z_]/ && !head { head = FNR }
/^\{/ { start = head ? head : FNR }
/^\}/ && start {
	if (FNR - start + 1 > FUNCTION_MAX)
		complain(FILENAME ":" start ": a function of " FNR - start + 1 " lines, more than " FUNCTION_MAX)
	start = 0
}
END { file_ends(); exit failed }
