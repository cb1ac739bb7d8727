# certificates.sh - a CA of this run and servers' certificates by it: certificates_make makes in $dir/ca
#   ca.pem                    the CA
#   good/server.{pem,key}     for localhost and 127.0.0.1 (as a name too: libsofia-sip-ua knows no addresses in certificates)
#   name/server.{pem,key}     for another name
#   stranger/server.{pem,key} for localhost, by another CA
#   expired/server.{pem,key}  for localhost, over since yesterday
certificate() # NAME CA SUBJECT-ALTERNATIVE-NAMES [DAYS]
{
	mkdir -p "$dir/ca/$1"
	printf 'subjectAltName = %s\nbasicConstraints = CA:FALSE\nextendedKeyUsage = serverAuth, clientAuth\n' "$3" >"$dir/ca/$1/ext"
	openssl req -newkey rsa:2048 -nodes -keyout "$dir/ca/$1/server.key" -out "$dir/ca/$1/request" \
		-subj "/CN=$1" >>"$dir/openssl.log" 2>&1 || return 1
	openssl x509 -req -in "$dir/ca/$1/request" -CA "$dir/ca/$2.pem" -CAkey "$dir/ca/$2.key" -CAcreateserial \
		-days "${4:-30}" -extfile "$dir/ca/$1/ext" -out "$dir/ca/$1/server.pem" >>"$dir/openssl.log" 2>&1
}

authority() # NAME
{
	openssl req -x509 -newkey rsa:2048 -nodes -keyout "$dir/ca/$1.key" -out "$dir/ca/$1.pem" -days 30 -subj "/CN=$1 of a test" \
		-addext 'basicConstraints = critical, CA:TRUE' >>"$dir/openssl.log" 2>&1
}

certificates_make()
{
	mkdir -p "$dir/ca"
	authority ca && authority other || return 1
	certificate good ca 'DNS:127.0.0.1,DNS:localhost,IP:127.0.0.1' && certificate name ca 'DNS:somebody.example' &&
		certificate stranger other 'DNS:127.0.0.1,DNS:localhost,IP:127.0.0.1' && certificate expired ca 'DNS:127.0.0.1,DNS:localhost,IP:127.0.0.1' -1
}
